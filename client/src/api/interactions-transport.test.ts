import { afterEach, expect, test, vi } from "vitest";
import type { TrackedEvent } from "@/lib/tracking/tracker";
import { sendInteractions } from "./interactions-transport";

const EVENTS: TrackedEvent[] = [
  {
    id: "00000000-0000-4000-8000-000000000001",
    type: "view",
    productId: "7",
    occurredAt: "2026-01-01T10:00:00Z",
  },
];

afterEach(() => vi.unstubAllGlobals());

/** An answer of the network, and the request that it was given for. */
function answering(response: Response) {
  const fetched = vi.fn<typeof fetch>(() => Promise.resolve(response));
  vi.stubGlobal("fetch", fetched);
  return fetched;
}

test("the answer is read to its end, so that the request ends for the browser too", async () => {
  const response = new Response('{"accepted":1}', { status: 202 });
  const fetched = answering(response);
  await sendInteractions(EVENTS, "staying");
  expect(response.bodyUsed).toBe(true);
  expect(fetched).toHaveBeenCalledWith("/api/v1/interactions", expect.objectContaining({ keepalive: true }));
});

test("what was accepted is not sent again when its answer breaks off", async () => {
  const broken = new ReadableStream({ start: (stream) => stream.error(new TypeError("network error")) });
  answering(new Response(broken, { status: 202 }));
  await expect(sendInteractions(EVENTS, "staying")).resolves.toBeUndefined();
});

test.each([429, 503])("an answer of %i asks to try again, and is read as well", async (status) => {
  const response = new Response("{}", { status });
  answering(response);
  await expect(sendInteractions(EVENTS, "staying")).rejects.toMatchObject({ status });
  expect(response.bodyUsed).toBe(true);
});

test("a refusal that will not change is final", async () => {
  answering(new Response("{}", { status: 422 }));
  await expect(sendInteractions(EVENTS, "staying")).resolves.toBeUndefined();
});

test("on the way out a beacon carries the events", async () => {
  const fetched = answering(new Response(null, { status: 202 }));
  const sendBeacon = vi.fn(() => true);
  vi.stubGlobal("navigator", { sendBeacon });
  await sendInteractions(EVENTS, "leaving");
  expect(sendBeacon).toHaveBeenCalledOnce();
  expect(fetched).not.toHaveBeenCalled();
});
