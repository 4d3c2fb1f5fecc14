import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, type Asked, PASSWORD, startApiServer } from "../testing/apiServer";

const HOT = {
  id: "boiler-hot",
  name: "Boiler too hot",
  points: ["boiler"],
  when: { above: 95 },
  clear: { below: 90 },
  level: "critical",
  text: "Close the gas valve.",
};

let server: ApiServer;
let admin: string;
let operator: string;
let viewer: string;
beforeAll(async () => {
  server = await startApiServer({
    connected: true,
    topics: [
      { id: "boiler", name: "Boiler", filter: "plant/boiler", unit: "°C" },
      {
        id: "tank",
        filter: "plant/+/tank",
        thresholds: [
          { above: 80, level: "warning" },
          { below: 5, level: "critical" },
        ],
      },
      ...["a", "b"].map((id) => ({
        id,
        filter: `barn/${id}`,
        device: "Barn",
        availability: { filter: "barn/lwt", online: "up", offline: "down" },
      })),
    ],
  });
  for (const role of ["viewer", "operator"] as const)
    await server.people.create({ username: role, password: PASSWORD, role });
  [admin, operator, viewer] = (await Promise.all([
    server.signIn(),
    server.signIn("operator"),
    server.signIn("viewer"),
  ])) as [string, string, string];
});
afterAll(() => server.stop());

const ask = (method: string, path: string, cookie: string, body?: unknown) =>
  server.ask(`/api/v1${path}`, { method, cookie, ...(body !== undefined && { body }) } as Asked);
const alarms = async (cookie = viewer) => (await ask("GET", "/alarms", cookie)).json;

test("AL-20: a reading raises the alarm of a rule; an operator acknowledges it by name; it ends at its deadband", async () => {
  server.say("plant/boiler", "80");
  expect((await ask("POST", "/alarm-rules", admin, HOT)).status).toBe(201);
  expect(await alarms()).toEqual([]);
  server.say("plant/boiler", "96");
  server.say("plant/boiler", "101.5");
  server.say("plant/boiler", "97");
  const [raised] = await alarms();
  expect(raised).toMatchObject({
    rule: "boiler-hot",
    name: "Boiler too hot",
    text: "Close the gas valve.",
    where: "Boiler",
    state: "active",
    level: "critical",
    points: ["boiler"],
    peak: 101.5,
    unit: "°C",
  });

  expect((await ask("POST", `/alarms/${raised.id}/ack`, viewer, {})).status).toBe(403);
  expect((await ask("POST", "/alarms/none/ack", operator, {})).status).toBe(404);
  const acknowledged = await ask("POST", `/alarms/${raised.id}/ack`, operator, { note: "on my way" });
  expect(acknowledged.json[0]).toMatchObject({ state: "acknowledged", by: "operator", note: "on my way" });
  expect((await ask("POST", `/alarms/${raised.id}/ack`, operator, {})).status).toBe(409);

  server.say("plant/boiler", "92");
  expect((await alarms())[0].state).toBe("acknowledged");
  server.say("plant/boiler", "89");
  expect(await alarms()).toEqual([]);

  await server.clock.advanceAsync(1000);
  const journal = (await ask("GET", "/journal", viewer)).json;
  expect(journal.map(({ from, to, by }: Record<string, string>) => [from, to, by])).toEqual([
    ["acknowledged", "normal", undefined],
    ["active", "acknowledged", "operator"],
    ["normal", "active", undefined],
  ]);
  const audited = (await ask("GET", "/audit", admin)).json.map(({ actor, action }: Record<string, string>) => [
    actor,
    action,
  ]);
  expect(audited).toContainEqual(["operator", "alarm.acknowledge"]);
  expect(audited).toContainEqual(["admin", "alarm-rule.create"]);
});

test("AL-21: one that ended unseen is listed until somebody acknowledges it", async () => {
  server.say("plant/boiler", "99");
  server.say("plant/boiler", "20");
  const [cleared] = await alarms();
  expect(cleared.state).toBe("cleared");
  expect((await ask("POST", `/alarms/${cleared.id}/ack`, operator, {})).json).toEqual([]);
});

test("AL-22: a shelved alarm comes back by itself when it still stands", async () => {
  server.say("plant/boiler", "99");
  const [{ id }] = await alarms();
  const until = server.clock.now() + 60_000;
  for (const wrong of [server.clock.now() - 1, server.clock.now() + 31 * 86_400_000])
    expect((await ask("POST", `/alarms/${id}/shelve`, operator, { until: wrong })).status).toBe(400);
  expect((await ask("POST", `/alarms/${id}/shelve`, operator, { until })).json[0]).toMatchObject({
    id,
    state: "shelved",
    shelvedBy: "operator",
    shelvedUntil: until,
  });
  server.clock.advance(61_000);
  expect((await alarms())[0]).toMatchObject({ id, state: "active" });
});

test("AL-23: a rule that is put out of service or deleted ends its alarms", async () => {
  expect((await alarms())[0].state).toBe("active");
  await ask("PUT", "/alarm-rules/boiler-hot", admin, { ...HOT, disabled: true });
  expect(await alarms()).toEqual([]);
  server.say("plant/boiler", "120");
  expect(await alarms()).toEqual([]);
  await ask("PUT", "/alarm-rules/boiler-hot", admin, HOT);
  await server.clock.advanceAsync(2000);
  // The present value is judged as soon as the rule is.
  expect((await alarms())[0].state).toBe("active");
  expect((await ask("DELETE", "/alarm-rules/boiler-hot", admin)).status).toBe(204);
  expect(await alarms()).toEqual([]);
});

test("AL-24: thresholds of a registered topic become rules, each once", async () => {
  const make = () => ask("POST", "/alarm-rules/from-thresholds", admin, { registration: "tank" });
  expect((await make()).json).toMatchObject([
    { id: "tank-above-warning", points: { filter: "plant/+/tank" }, when: { above: 80 }, level: "warning" },
    { id: "tank-below-critical", when: { below: 5 }, level: "critical" },
  ]);
  expect((await make()).json).toEqual([]);
  server.say("plant/north/tank", "81");
  server.say("plant/south/tank", "4");
  expect((await alarms()).map(({ rule, where }: Record<string, string>) => [rule, where])).toEqual(
    [
      ["tank-below-critical", "tank south"],
      ["tank-above-warning", "tank north"],
    ].map(([rule]) => [rule, expect.any(String)]),
  );
});

test("AL-25: a device that goes offline is one alarm for all of its points, and ends when it is back", async () => {
  await ask("POST", "/alarm-rules", admin, {
    id: "barn-offline",
    name: "Barn is offline",
    points: { device: "Barn" },
    when: { offline: true },
    level: "warning",
  });
  const ofBarn = async () => (await alarms()).filter(({ rule }: { rule: string }) => rule === "barn-offline");
  server.say("barn/lwt", "up");
  server.say("barn/a", "1");
  server.say("barn/b", "1");
  expect(await ofBarn()).toEqual([]);
  server.say("barn/lwt", "down");
  expect(await ofBarn()).toMatchObject([{ state: "active", where: "Barn", points: ["a", "b"] }]);
  server.say("barn/lwt", "up");
  expect(await ofBarn()).toMatchObject([{ state: "cleared" }]);
});

test("AL-26: a point that falls silent is found, each by itself", async () => {
  await ask("POST", "/alarm-rules", admin, {
    id: "silent",
    name: "No reading",
    points: ["a", "b"],
    when: { silent: "5m" },
    level: "notice",
  });
  const silent = async () =>
    (await alarms()).filter(({ rule, state }: Record<string, string>) => rule === "silent" && state === "active");
  server.say("barn/a", "1");
  server.say("barn/b", "1");
  await server.clock.advanceAsync(4 * 60_000);
  server.say("barn/b", "2");
  await server.clock.advanceAsync(62_000);
  expect(await silent()).toMatchObject([{ points: ["a"] }]);
  server.say("barn/a", "3");
  expect(await silent()).toEqual([]);
});
