import { isIP } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import { z } from "zod";
import { Password } from "../lib/api";
import { Broker } from "../lib/broker";
import { brokerUrlFault } from "../lib/brokerUrl";
import type { ConfigFile } from "../lib/configFile";
import { err, ok, type Result } from "../lib/result";
import { inWords } from "../lib/texts/said";
import type { ConfigSource } from "./ports";

/** The environment, parsed once. docs/configuration.md says what it means; telltale.yaml is read by server/configFile. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** What MQTT_URL says, as broker `main`. */
  readonly mqttBroker: Broker | undefined;
  /** `required` when TELLTALE_CONFIG names it: then its absence is a fault to be told. */
  readonly configFile: { readonly path: string; readonly required: boolean };
  readonly dataDir: string;
  /** The origin that browsers use, as `https://house.example`, without a path. */
  readonly publicUrl: string | undefined;
  readonly adminPassword: string | undefined;
  /** Lets people look without a login. */
  readonly anonymous: "viewer" | undefined;
  readonly secret: string | undefined;
  /** The Postgres that several nodes share, in place of the data folder. With it there is a secret. */
  readonly databaseUrl: string | undefined;
  /** How this process is called among several over one database. */
  readonly node: string;
  readonly logLevel: LogLevel;
  /** Addresses or CIDR ranges whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const PORT_FAULT = "must be a port from 0 to 65535, as in PORT=3000";
const DATABASE_URL_FAULT =
  "must be the address of a Postgres, as in postgres://user:password@host:5432/telltale; in user and password write # as %23, / as %2F, ? as %3F and @ as %40";
const SHARED_SECRET_FAULT =
  "must be set when DATABASE_URL is, and be the same on every node: what one encrypts and signs, the others must read. Make one with: openssl rand -base64 32";
const PUBLIC_URL_FAULT = "must be the address that browsers use, without a path, as in https://telltale.example";

const Environment = z.object({
  PORT: z
    .string()
    .regex(/^\d{1,5}$/, PORT_FAULT)
    .default("3000")
    .transform(Number)
    .refine((port) => port <= 65_535, PORT_FAULT),
  HOST: z
    .string()
    .regex(/^[^\s/]+$/, "must be an address to listen on, as in HOST=0.0.0.0")
    .default("127.0.0.1"),
  MQTT_URL: z.string().transform(brokerFromUrls).optional(),
  TELLTALE_CONFIG: z.string().optional(),
  TELLTALE_DATA: z.string().default("data"),
  TELLTALE_PUBLIC_URL: z.string().transform(parsePublicUrl).optional(),
  TELLTALE_ADMIN_PASSWORD: Password.optional(),
  TELLTALE_ANONYMOUS: z.literal("viewer", 'can only be "viewer"; leave it away to ask everyone for a login').optional(),
  TELLTALE_SECRET: z.string().min(16, "must have at least 16 characters, as from: openssl rand -base64 32").optional(),
  TELLTALE_TRUSTED_PROXY: z.string().default("").transform(parseProxies),
  DATABASE_URL: z.string().refine(isPostgresUrl, DATABASE_URL_FAULT).optional(),
  TELLTALE_NODE: z
    .string()
    .regex(
      /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
      "must be a name of letters, digits, dots and dashes, as in TELLTALE_NODE=left",
    )
    .default(() => hostname()),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(", ")}`).default("info"),
});

/**
 * Reads the configuration from the environment; relative paths count from `cwd`. A variable that is set to nothing counts as unset.
 * Errors are sentences that begin with the variable's name and say the mend; they never hold a secret's text.
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string = process.cwd(),
): Result<Config, string[]> {
  const given = Object.fromEntries(
    Object.keys(Environment.shape).map((name) => [name, env[name]?.trim() || undefined]),
  );
  const parsed = Environment.safeParse(given);
  const faults = parsed.error?.issues.map((issue) => `${String(issue.path[0])} ${issue.message}`) ?? [];
  if (given.DATABASE_URL && !given.TELLTALE_SECRET) faults.push(`TELLTALE_SECRET ${SHARED_SECRET_FAULT}`);
  if (!parsed.success || faults.length > 0) return err(faults);
  const e = parsed.data;
  return ok(
    Object.freeze({
      port: e.PORT,
      host: e.HOST,
      mqttBroker: e.MQTT_URL,
      configFile: Object.freeze({
        path: path.resolve(cwd, e.TELLTALE_CONFIG ?? "telltale.yaml"),
        required: e.TELLTALE_CONFIG !== undefined,
      }),
      dataDir: path.resolve(cwd, e.TELLTALE_DATA),
      publicUrl: e.TELLTALE_PUBLIC_URL,
      adminPassword: e.TELLTALE_ADMIN_PASSWORD,
      anonymous: e.TELLTALE_ANONYMOUS,
      secret: e.TELLTALE_SECRET,
      databaseUrl: e.DATABASE_URL,
      node: e.TELLTALE_NODE,
      logLevel: e.LOG_LEVEL,
      trustedProxies: Object.freeze(e.TELLTALE_TRUSTED_PROXY),
    }),
  );
}

/** The source that the catalog merges first: the broker of MQTT_URL, if there is one. It never changes. */
export function createEnvSource(config: Pick<Config, "mqttBroker">): ConfigSource {
  const current: ConfigFile = {
    brokers: config.mqttBroker ? [config.mqttBroker] : [],
    topics: [],
    dashboards: [],
    alarms: [],
  };
  return {
    origin: "environment",
    current: () => current,
    onChange: () => () => undefined,
    notice: () => undefined,
    stop: () => undefined,
  };
}

/** Between two addresses. A comma may stand in a password, so that only one in front of a scheme counts. */
const NEXT_ADDRESS = /\s*,\s*(?=(?:mqtts?|wss?):\/\/)/i;

/**
 * `mqtt://user:password@host:1883`, or several with commas between: user and password become fields, so that the urls can be shown and
 * logged.
 */
function brokerFromUrls(text: string, ctx: z.RefinementCtx): Broker {
  const fault = (message: string) => {
    ctx.addIssue({ code: "custom", message });
    return z.NEVER;
  };
  const addresses = text.split(NEXT_ADDRESS).map(readAddress);
  const faulty = addresses.find((address) => !address.ok);
  if (faulty && !faulty.ok) return fault(faulty.error);
  const [first, ...others] = addresses.flatMap((address) => (address.ok ? [address.value] : []));
  if (!first) return fault("is empty");
  const { url, username, password } = first;
  const differs = others.some((other) => other.login !== "" && other.login !== first.login);
  if (differs) return fault("must have the same user and password in all its addresses, or only in the first");
  const broker = Broker.safeParse({
    id: "main",
    url,
    ...(others.length > 0 && { otherUrls: others.map((other) => other.url) }),
    username: username || undefined,
    password: password || undefined,
  });
  if (!broker.success) return fault(broker.error.issues.map((i) => i.message.replace(/^url /, "")).join("; "));
  return broker.data;
}

interface Address {
  url: string;
  username: string;
  password: string;
  /** User and password as written; empty: neither. */
  login: string;
}

function readAddress(text: string): Result<Address, string> {
  const unreadable = brokerUrlFault(text);
  if (unreadable !== undefined) return err(inWords(unreadable));
  const url = new URL(text);
  const login = [url.username, url.password].filter(Boolean).join(":");
  try {
    const [username, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    url.username = "";
    url.password = "";
    // URL adds a slash behind ws: and wss: only; mqtt: stays as written.
    return ok({ url: url.href, username, password, login });
  } catch {
    return err('has a "%" in its user or password that is not a percent code: write "%25" for it');
  }
}

function isPostgresUrl(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    url !== undefined && ["postgres:", "postgresql:"].includes(url.protocol) && url.pathname.length > 1 && !url.hash
  );
}

function parsePublicUrl(text: string, ctx: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const legal =
    url &&
    ["http:", "https:"].includes(url.protocol) &&
    url.pathname === "/" &&
    !url.search &&
    !url.hash &&
    !url.username &&
    !url.password;
  if (legal) return url.origin;
  ctx.addIssue({ code: "custom", message: PUBLIC_URL_FAULT });
  return z.NEVER;
}

function parseProxies(text: string, ctx: z.RefinementCtx): string[] {
  const entries = text.split(/[\s,]+/).filter(Boolean);
  for (const entry of entries) {
    const [address = "", prefix, ...rest] = entry.split("/");
    const bits = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const prefixLegal = prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits);
    if (bits < 0 || !prefixLegal || rest.length > 0)
      ctx.addIssue({
        code: "custom",
        message: `holds "${entry}": give addresses or ranges with commas between, as in 10.0.0.2,172.16.0.0/12`,
      });
  }
  return entries;
}
