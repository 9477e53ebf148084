import { expect, it } from "vitest";
import { createTracker, FLUSH_AFTER_MS, MAX_BATCH, type TrackedEvent } from "./tracker";

function aTracker(options: { failures?: number } = {}) {
  const sent: { events: TrackedEvent[]; mode: string }[] = [];
  const timers: { run: () => void; ms: number }[] = [];
  let failures = options.failures ?? 0;
  let count = 0;
  const tracker = createTracker(
    (events, mode) => {
      if (failures > 0) {
        failures -= 1;
        return Promise.reject(new Error("busy"));
      }
      sent.push({ events, mode });
      return Promise.resolve();
    },
    {
      now: () => new Date("2026-11-21T10:00:00Z"),
      newId: () => {
        count += 1;
        return `id-${String(count)}`;
      },
      later: (run, ms) => {
        const timer = { run, ms };
        timers.push(timer);
        return () => timers.splice(timers.indexOf(timer), 1);
      },
    },
  );
  const pass = async () => {
    for (const timer of timers.splice(0)) timer.run();
    await Promise.resolve();
    await Promise.resolve();
  };
  return { tracker, sent, timers, pass };
}

const place = (position: number) => ({ slateId: "slate-1", position });

it("gathers impressions and clicks for a second and sends them once", async () => {
  const { tracker, sent, timers, pass } = aTracker();
  tracker.impression("1", place(0));
  tracker.impression("2", place(1));
  tracker.click("2", place(1));
  expect(sent).toEqual([]);
  expect(timers.map((timer) => timer.ms)).toEqual([FLUSH_AFTER_MS]);
  await pass();
  expect(sent).toHaveLength(1);
  expect(sent[0]?.events.map(({ type, productId, position }) => [type, productId, position])).toEqual([
    ["impression", "1", 0],
    ["impression", "2", 1],
    ["click", "2", 1],
  ]);
});

it("counts a product once per slate, and again in the next slate", async () => {
  const { tracker, sent, pass } = aTracker();
  tracker.impression("1", place(0));
  tracker.impression("1", place(0));
  tracker.impression("1", { slateId: "slate-2", position: 4 });
  await pass();
  expect(sent[0]?.events).toHaveLength(2);
});

it("sends a view at once, with what was waiting before it", async () => {
  const { tracker, sent, timers } = aTracker();
  tracker.click("1", place(0));
  await tracker.view("1");
  expect(sent[0]?.events.map((event) => event.type)).toEqual(["click", "view"]);
  expect(sent[0]?.events[1]).not.toHaveProperty("slateId");
  expect(timers).toEqual([]);
});

it("keeps a refused batch under the same ids and tries again", async () => {
  const { tracker, sent, timers, pass } = aTracker({ failures: 1 });
  await tracker.view("1");
  expect(sent).toEqual([]);
  expect(timers).toHaveLength(1);
  await pass();
  expect(sent[0]?.events.map((event) => event.id)).toEqual(["id-1"]);
});

it("splits what is too much for one request", async () => {
  const { tracker, sent } = aTracker();
  for (let index = 0; index < MAX_BATCH + 5; index += 1) tracker.click(String(index), place(index));
  await tracker.flush("staying");
  expect(sent.map((batch) => batch.events.length)).toEqual([MAX_BATCH, 5]);
});

it("sends everything in the same turn when the page is left", () => {
  const { tracker, sent } = aTracker();
  for (let index = 0; index < MAX_BATCH + 5; index += 1) tracker.click(String(index), place(index));
  void tracker.flush("leaving");
  expect(sent.map((batch) => [batch.mode, batch.events.length])).toEqual([
    ["leaving", MAX_BATCH],
    ["leaving", 5],
  ]);
});
