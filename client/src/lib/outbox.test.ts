// @vitest-environment happy-dom
import { beforeEach, expect, it, vi } from "vitest";
import { withFullStorage, withLocks } from "@/testing/browser-parts";
import { countKept, dropKept, keepWrite, sendKept, subscribeToKept, type Kept } from "./outbox";

beforeEach(() => {
  localStorage.clear();
  withLocks();
});

it("hands writes over in their order, each once, each with an id of its own", async () => {
  for (const write of ["a", "b", "c"]) expect(keepWrite(write)).toBe(true);
  expect(countKept()).toBe(3);
  const sent: Kept<string>[] = [];
  const send = async (kept: Kept<string>) => {
    sent.push(kept);
    return "settled" as const;
  };
  // Two tabs that notice the connection at the same moment.
  await Promise.all([sendKept(send), sendKept(send)]);
  expect(sent.map(({ write }) => write)).toEqual(["a", "b", "c"]);
  expect(new Set(sent.map(({ id }) => id)).size).toBe(3);
  expect(countKept()).toBe(0);
});

it("stops at the first write that must wait, and gives it the same id again", async () => {
  keepWrite("a");
  keepWrite("b");
  const ids: string[] = [];
  await sendKept(async ({ id }) => {
    ids.push(id);
    return "later";
  });
  await sendKept(async ({ id }) => {
    ids.push(id);
    return "settled";
  });
  expect(ids).toHaveLength(3);
  expect(ids[0]).toBe(ids[1]);
});

it("drops what cannot be read and leaves what is not its own", async () => {
  localStorage.setItem("jackdaw-outbox:000", "{");
  localStorage.setItem("jackdaw-theme", "dark");
  const send = vi.fn<() => Promise<"settled">>();
  await sendKept(send);
  expect(send).not.toHaveBeenCalled();
  keepWrite("a");
  dropKept();
  expect(Object.keys(localStorage)).toEqual(["jackdaw-theme"]);
});

it("says when a write was kept, here and in another tab, and that none can be", () => {
  const heard = vi.fn<() => void>();
  const stop = subscribeToKept(heard);
  keepWrite("a");
  globalThis.dispatchEvent(new StorageEvent("storage", { key: "jackdaw-outbox:1" }));
  globalThis.dispatchEvent(new StorageEvent("storage", { key: "jackdaw-theme" }));
  expect(heard).toHaveBeenCalledTimes(2);
  stop();
  withFullStorage();
  expect(keepWrite("b")).toBe(false);
});
