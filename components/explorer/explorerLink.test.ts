import { EventEmitter } from "node:events";
import { expect, test, vi } from "vitest";
import type { LiveSocket } from "@/components/live/socket";
import { createExplorerLink } from "./explorerLink";
import { createExplorerStore } from "./explorerStore";

/** A socket whose server answers when the test says so. */
function testBed() {
  const page = Object.assign(new EventTarget(), { visibilityState: "visible" });
  vi.stubGlobal("document", page);
  const events = new EventEmitter();
  const emitted: [event: string, data: unknown][] = [];
  const answers: ((reply: unknown) => void)[] = [];
  const socket = Object.assign(events, {
    connected: false,
    connect() {
      socket.connected = true;
      events.listeners("connect").forEach((listener) => void listener());
    },
    disconnect() {
      socket.connected = false;
      events.listeners("disconnect").forEach((listener) => void listener());
    },
    timeout: () => ({
      emitWithAck(event: string, data: unknown) {
        emitted.push([event, data]);
        return new Promise((resolve) => answers.push(resolve));
      },
    }),
    emit(event: string, data: unknown) {
      emitted.push([event, data]);
      return true;
    },
  });
  const store = createExplorerStore();
  const link = createExplorerLink(store, socket as unknown as LiveSocket);
  const show = (visibilityState: string): void => {
    page.visibilityState = visibilityState;
    page.dispatchEvent(new Event("visibilitychange"));
  };
  return { store, link, emitted, socket, show, answer: (reply: unknown) => answers.shift()?.(reply) };
}

test("what is typed and picked while the server opens the explorer reaches it", async () => {
  const { link, store, emitted, answer } = testBed();
  link.start();
  link.look({ search: "attic", from: 0 });
  link.pick("house/attic");
  expect(emitted.map(([event]) => event)).toEqual(["explorer:open"]);
  answer({ ok: true, value: { broker: "main" } });
  await vi.waitFor(() => expect(emitted).toHaveLength(3));
  expect(emitted[1]).toEqual(["explorer:look", expect.objectContaining({ search: "attic" })]);
  expect(emitted[2]).toEqual(["explorer:select", { topic: "house/attic" }]);
  link.look({ paused: true });
  expect(emitted[3]).toEqual(["explorer:look", { paused: true }]);
  expect(store.getState().broker).toBe("main");
});

test("another broker that is chosen before the first has answered is the one that is asked", async () => {
  const { link, store, emitted, answer } = testBed();
  link.start();
  link.setBroker("attic");
  answer({ ok: true, value: { broker: "main" } });
  answer({ ok: true, value: { broker: "attic" } });
  await vi.waitFor(() => expect(store.getState().broker).toBe("attic"));
  expect(link.otherBroker()).toBe("attic");
  link.look({ search: "x" });
  expect(emitted.map(([event]) => event)).toEqual(["explorer:open", "explorer:open", "explorer:look"]);
});

test("when nothing was asked meanwhile, nothing is said twice", async () => {
  const { link, store, emitted, answer } = testBed();
  link.look({ search: "attic" });
  link.start();
  answer({ ok: true, value: { broker: "main" } });
  await vi.waitFor(() => expect(store.getState().broker).toBe("main"));
  expect(emitted).toEqual([["explorer:open", { look: expect.objectContaining({ search: "attic" }) }]]);
});

test("XP-102: a page that is hidden for a minute does not look, and looks again when it is seen", () => {
  vi.useFakeTimers();
  try {
    const { link, store, socket, show } = testBed();
    const stop = link.start();
    show("hidden");
    vi.advanceTimersByTime(59_000);
    show("visible");
    vi.advanceTimersByTime(59_000);
    expect(socket.connected).toBe(true);
    show("hidden");
    vi.advanceTimersByTime(60_000);
    expect([socket.connected, store.getState().status.state]).toEqual([false, "asleep"]);
    show("visible");
    expect([socket.connected, store.getState().status.state]).toEqual([true, "connecting"]);
    stop();
  } finally {
    vi.useRealTimers();
  }
});
