import { expect, test } from "vitest";
import type { InboundMessage } from "../ports";
import { fakeBrokers } from "../testing/fakeBrokers";
import { createFakeClock } from "../testing/fakeClock";
import { noLog } from "./cluster.harness";
import { withCommandEchoes } from "./commandEchoes";

/** `lamp` and `fan` have commands; `sent` is what commands of other nodes say, by id. */
function setup() {
  const clock = createFakeClock();
  const brokers = fakeBrokers(clock);
  const sent = new Map<string, string>();
  const asked: string[][] = [];
  let database: "answers" | "refuses" | "is silent" = "answers";
  const silent: (() => void)[] = [];
  const textOf = ({ topic, payload }: { topic: string; payload: string | Uint8Array }) =>
    `${topic} ${typeof payload === "string" ? payload : new TextDecoder().decode(payload)}`;
  const heard: string[] = [];
  const stage = withCommandEchoes(brokers, {
    tables: {
      async commandsSaying(messages) {
        asked.push(messages.map(textOf));
        if (database === "is silent") await new Promise<void>((resolve) => silent.push(resolve));
        if (database === "refuses") throw new Error("no database");
        return messages.map((one) => [...sent].filter(([, text]) => text === textOf(one)).map(([id]) => id));
      },
    },
    isCommandTopic: (_, topic) => ["lamp", "fan"].includes(topic),
    clock,
    log: noLog,
  });
  stage.onMessage((message) => heard.push(`${textOf(message)}${message.echoOf ? ` (${message.echoOf})` : ""}`));
  return {
    clock,
    sent,
    asked,
    heard,
    say: (topic: string, payload: string, more: Partial<InboundMessage> = { unmarked: true }) =>
      brokers.say(topic, payload, more),
    database(state: typeof database) {
      database = state;
      for (const resolve of silent.splice(0)) resolve();
    },
  };
}

test("CL-90: a message that another node's command says is its echo, and the next of the same payload is a report", async () => {
  const { sent, say, heard, clock } = setup();
  sent.set("c1", "lamp ON");
  say("lamp", "ON");
  say("lamp", "ON");
  await clock.advanceAsync(0);
  say("lamp", "ON");
  await clock.advanceAsync(0);
  expect(heard).toEqual(["lamp ON (c1)", "lamp ON", "lamp ON"]);
});

test("CL-90: only what may be a command and says nothing of it is asked for", async () => {
  const { asked, say, heard } = setup();
  say("room", "21");
  say("lamp", "ON", {});
  say("lamp", "ON", { unmarked: true, retained: true });
  say("lamp", "ON", { unmarked: true, echoOf: "mine" });
  expect(heard).toEqual(["room 21", "lamp ON", "lamp ON", "lamp ON (mine)"]);
  expect(asked).toEqual([]);
});

test("CL-90: what comes behind a held message of its topic waits for it, other topics do not", async () => {
  const { sent, say, heard, clock, database } = setup();
  sent.set("c1", "lamp ON");
  database("is silent");
  say("lamp", "ON");
  say("lamp", "OFF", { unmarked: true, echoOf: "mine" });
  say("fan", "1");
  say("room", "21");
  await clock.advanceAsync(0);
  expect(heard).toEqual(["room 21"]);
  database("answers");
  await clock.advanceAsync(0);
  expect(heard).toEqual(["room 21", "lamp ON (c1)", "lamp OFF (mine)", "fan 1"]);
});

test("CL-90: a database that is back within five seconds is asked what came meanwhile", async () => {
  const { sent, say, heard, clock, database } = setup();
  sent.set("c1", "lamp ON");
  database("refuses");
  say("lamp", "ON");
  await clock.advanceAsync(4000);
  expect(heard).toEqual([]);
  database("answers");
  await clock.advanceAsync(300);
  expect(heard).toEqual(["lamp ON (c1)"]);
});

test.each(["refuses", "is silent"] as const)(
  "CL-92: what a database that %s does not say for five seconds is a report, and later it is asked again",
  async (state) => {
    const { sent, say, heard, clock, database } = setup();
    database(state);
    say("lamp", "ON");
    await clock.advanceAsync(5300);
    expect(heard).toEqual(["lamp ON"]);
    say("lamp", "OFF");
    await clock.advanceAsync(5300);
    expect(heard).toEqual(["lamp ON", "lamp OFF"]);
    database("answers");
    await clock.advanceAsync(300);
    sent.set("c1", "lamp ON");
    say("lamp", "ON");
    await clock.advanceAsync(0);
    expect(heard.at(-1)).toBe("lamp ON (c1)");
  },
);

test("CL-92: what waits for the database is bounded", async () => {
  const { say, heard, clock, database } = setup();
  database("is silent");
  const large = "x".repeat(1024 * 1024);
  for (let i = 0; i < 20; i++) say("lamp", `${i}${large}`);
  database("answers");
  await clock.advanceAsync(0);
  const numbers = heard.map((text) => Number(/^lamp (\d+)/.exec(text)?.[1]));
  expect(numbers.length).toBeLessThan(16);
  expect(numbers.at(-1)).toBe(19);
});
