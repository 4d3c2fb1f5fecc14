import { hostname } from "node:os";
import { describe, expect, test } from "vitest";
import { Broker } from "../lib/broker";
import { createEnvSource, readConfig } from "./config";

const read = (env: Record<string, string>) => readConfig(env, "/srv/telltale");
const faults = (env: Record<string, string>) => {
  const result = read(env);
  if (result.ok) throw new Error("expected faults");
  return result.error;
};

describe("environment", () => {
  test("CF-1: an empty environment gives the documented defaults", () => {
    expect(read({})).toEqual({
      ok: true,
      value: {
        port: 3000,
        host: "127.0.0.1",
        mqttBroker: undefined,
        configFile: { path: "/srv/telltale/telltale.yaml", required: false },
        dataDir: "/srv/telltale/data",
        publicUrl: undefined,
        adminPassword: undefined,
        anonymous: undefined,
        secret: undefined,
        databaseUrl: undefined,
        node: hostname(),
        logLevel: "info",
        trustedProxies: [],
      },
    });
  });

  test("CF-1: a variable set to nothing counts as unset", () => {
    expect(read({ PORT: "", MQTT_URL: " ", DATABASE_URL: "", TELLTALE_ANONYMOUS: "" })).toMatchObject({
      ok: true,
      value: { port: 3000, mqttBroker: undefined, anonymous: undefined },
    });
  });

  test("CF-1: everything given is read", () => {
    const result = read({
      PORT: "0",
      HOST: "0.0.0.0",
      TELLTALE_CONFIG: "/etc/telltale.yaml",
      TELLTALE_DATA: "state",
      TELLTALE_PUBLIC_URL: "https://house.example:8443/",
      TELLTALE_ADMIN_PASSWORD: "correct horse",
      TELLTALE_ANONYMOUS: "viewer",
      TELLTALE_SECRET: "0123456789abcdef",
      TELLTALE_TRUSTED_PROXY: "10.0.0.2, 172.16.0.0/12,::1",
      LOG_LEVEL: "debug",
    });
    expect(result).toMatchObject({
      ok: true,
      value: {
        port: 0,
        host: "0.0.0.0",
        configFile: { path: "/etc/telltale.yaml", required: true },
        dataDir: "/srv/telltale/state",
        publicUrl: "https://house.example:8443",
        anonymous: "viewer",
        trustedProxies: ["10.0.0.2", "172.16.0.0/12", "::1"],
        logLevel: "debug",
      },
    });
    expect(result.ok && Object.isFrozen(result.value)).toBe(true);
  });

  test("CF-2: user and password leave MQTT_URL and become fields of broker main", () => {
    const result = read({ MQTT_URL: "mqtts://tell%40tale:p%2Fw@broker.example:8883" });
    expect(result.ok && result.value.mqttBroker).toEqual({
      id: "main",
      url: "mqtts://broker.example:8883",
      username: "tell@tale",
      password: "p/w",
    });
    expect(result.ok && createEnvSource(result.value).current().brokers).toHaveLength(1);
  });

  test("BR-57: MQTT_URL takes several addresses with commas between, with one user and password for all", () => {
    const of = (url: string) => {
      const result = read({ MQTT_URL: url });
      return result.ok ? result.value.mqttBroker : result.error;
    };
    expect(of("mqtt://u:p,w@a:1883, mqtt://b:1883,mqtt://c")).toEqual({
      id: "main",
      url: "mqtt://a:1883",
      otherUrls: ["mqtt://b:1883", "mqtt://c"],
      username: "u",
      password: "p,w",
    });
    expect(of("mqtt://u:p@a,mqtt://u:p@b")).toMatchObject({ otherUrls: ["mqtt://b"], username: "u", password: "p" });
    for (const url of ["mqtt://u:p@a,mqtt://u:q@b", "mqtt://a,mqtt://u:q@b"])
      expect(of(url)).toEqual([expect.stringMatching(/^MQTT_URL must have the same user and password/)]);
    expect(of("mqtt://a,mqtts://b")).toEqual([expect.stringMatching(/^MQTT_URL .*TLS/)]);
    for (const url of ["mqtt://a,b:1883", "mqtt://u:p@a:1883,b:1883"])
      expect(of(url)).toEqual([expect.stringMatching(/^MQTT_URL must name one host/)]);
  });

  test("CL-32: a node has the name that it is given, else its host's", () => {
    expect(read({ TELLTALE_NODE: "left-2.plant" })).toMatchObject({ ok: true, value: { node: "left-2.plant" } });
    expect(read({ TELLTALE_NODE: " " })).toMatchObject({ ok: true, value: { node: hostname() } });
  });

  test("CF-3: every fault is told at once, each with its variable", () => {
    const all = faults({
      PORT: "70000",
      MQTT_URL: "localhost:1883",
      TELLTALE_PUBLIC_URL: "https://house.example/telltale",
      TELLTALE_ADMIN_PASSWORD: "short",
      TELLTALE_ANONYMOUS: "operator",
      TELLTALE_SECRET: "tiny",
      TELLTALE_TRUSTED_PROXY: "10.0.0.0/33",
      DATABASE_URL: "mysql://u:hunter2@db/telltale",
      LOG_LEVEL: "loud",
    });
    expect(all.map((fault) => fault.split(" ")[0]).sort()).toEqual([
      "DATABASE_URL",
      "LOG_LEVEL",
      "MQTT_URL",
      "PORT",
      "TELLTALE_ADMIN_PASSWORD",
      "TELLTALE_ANONYMOUS",
      "TELLTALE_PUBLIC_URL",
      "TELLTALE_SECRET",
      "TELLTALE_TRUSTED_PROXY",
    ]);
    expect(all.join("\n")).not.toMatch(/hunter2|tiny|short\b/);
  });

  test.each([
    ["mqtt://tale:12#s3cret@broker.example:1883", /write # as %23/],
    ["mqtt://tale:12/s3cret@broker.example", /write \/ as %2F/],
    ["mqtts://tale:12?s3cret@broker.example", /write \? as %3F/],
    ["mqtt://tale:12@s3cret@broker.example", /write @ as %40/],
    ["ws://tale:12\\s3cret@broker.example/mqtt", /write \\ as %5C/],
    ["wss://tale:12/s3cret#x@broker.example/mqtt", /write \/ as %2F/],
    ["mqtt://tale:s3cret#@broker.example", /write # as %23/],
    ["mqtt://tale:s3cret@broker.example#x", /behind the host/],
    ["mqtt://tale:s3cret@broker.example/x?y", /behind the port/],
    ["mqtt://tale:s3cret@", /must/],
    ["mqtt://tale:s3cret@broker.example:99999", /must look like/],
  ])("CF-30: %s is refused with the mend, and nothing of it is repeated", (url, message) => {
    const [fault, ...more] = faults({ MQTT_URL: url });
    expect(fault).toMatch(message);
    expect(more).toEqual([]);
    expect(fault).not.toMatch(/s3cret|tale/);
    expect(Broker.safeParse({ id: "main", url }).success).toBe(false);
  });

  test.each([
    ["mqtt://broker.example", "mqtt://broker.example"],
    ["mqtt://broker.example:1883/", "mqtt://broker.example:1883/"],
    ["ws://u:p%23@broker.example:8083/mqtt?x=1", "ws://broker.example:8083/mqtt?x=1"],
    ["mqtt://u:p:w d@[::1]:1883", "mqtt://[::1]:1883"],
  ])("CF-30: %s is an address", (url, kept) => {
    expect(read({ MQTT_URL: url })).toMatchObject({ ok: true, value: { mqttBroker: { url: kept } } });
  });

  test.each([
    ["MQTT_URL", "http://host", /must start with mqtt:\/\//],
    ["MQTT_URL", "mqtt://user:sec%ret@host", /"%25"/],
    ["MQTT_URL", "not a url", /must look like mqtt:\/\/host:1883/],
    ["PORT", "12a", /from 0 to 65535/],
    ["HOST", "http://x", /address to listen on/],
    ["TELLTALE_PUBLIC_URL", "house.example", /without a path/],
    ["TELLTALE_NODE", "the left one", /letters, digits, dots and dashes/],
  ])("CF-3: %s=%s is refused with the mend", (name, value, message) => {
    expect(faults({ [name]: value })).toEqual([expect.stringMatching(message)]);
  });

  const SECRET = "0123456789abcdef";

  test.each([
    "postgres://db.example",
    "mysql://u:s3cret@db.example/telltale",
    "postgres://u:s3#cret@db.example/telltale",
    "db.example",
  ])("PG-3: DATABASE_URL=%s is refused with the mend, and nothing of it is repeated", (url) => {
    const all = faults({ DATABASE_URL: url, TELLTALE_SECRET: SECRET });
    expect(all).toEqual([expect.stringMatching(/^DATABASE_URL must be the address of a Postgres.*# as %23/)]);
    expect(all.join()).not.toMatch(/s3|cret@|example/);
  });

  test.each(["postgres://u:p%23@db.example:5432/telltale", "postgresql:///telltale?host=/run/postgresql"])(
    "PG-3: DATABASE_URL=%s is read",
    (url) => {
      expect(read({ DATABASE_URL: url, TELLTALE_SECRET: SECRET })).toMatchObject({
        ok: true,
        value: { databaseUrl: url },
      });
    },
  );

  test("PG-3: DATABASE_URL without TELLTALE_SECRET is refused", () => {
    expect(faults({ DATABASE_URL: "postgres://db.example/telltale" })).toEqual([
      expect.stringMatching(/^TELLTALE_SECRET must be set when DATABASE_URL is.*same on every node/),
    ]);
  });
});
