/** Collects what happened to products and sends it in batches. Knows neither the network nor the page. */
export type TrackedType = "impression" | "view" | "click";
export type SlatePlace = { slateId: string; position: number };
export type TrackedEvent = {
  id: string;
  type: TrackedType;
  productId: string;
  occurredAt: string;
  slateId?: string;
  position?: number;
};
/** "leaving" asks for a transport that survives the page. */
export type Transport = (events: TrackedEvent[], mode: "staying" | "leaving") => Promise<void>;
export type TrackerClock = {
  now: () => Date;
  newId: () => string;
  later: (run: () => void, ms: number) => () => void;
};

export const FLUSH_AFTER_MS = 1000;
export const MAX_BATCH = 50;
/** Beyond this the oldest impressions go first: a page left open offline must not grow for ever. */
export const MAX_WAITING = 500;

export type Tracker = ReturnType<typeof createTracker>;

export function createTracker(transport: Transport, clock: TrackerClock) {
  let waiting: TrackedEvent[] = [];
  let cancelTimer: (() => void) | null = null;
  const seen = new Set<string>();

  function schedule(): void {
    cancelTimer ??= clock.later(() => {
      cancelTimer = null;
      void flush("staying");
    }, FLUSH_AFTER_MS);
  }

  async function flush(mode: "staying" | "leaving"): Promise<void> {
    cancelTimer?.();
    cancelTimer = null;
    const due = waiting;
    waiting = [];
    for (let start = 0; start < due.length; start += MAX_BATCH) {
      const batch = due.slice(start, start + MAX_BATCH);
      // On the way out every batch must leave in this very turn; nothing may wait for an answer.
      const sent = transport(batch, mode).catch(() => {
        // Ids stay the same, so a batch that did arrive is not counted twice.
        waiting = [...batch, ...waiting].slice(-MAX_WAITING);
        schedule();
      });
      if (mode === "staying") await sent;
    }
  }

  function add(type: TrackedType, productId: string, place: SlatePlace | undefined): void {
    const event = { id: clock.newId(), type, productId, occurredAt: clock.now().toISOString() };
    waiting.push(
      place === undefined ? event : { ...event, slateId: place.slateId, position: place.position },
    );
    if (waiting.length > MAX_WAITING) waiting = waiting.slice(-MAX_WAITING);
  }

  return {
    /** Once per product and slate. */
    impression(productId: string, place: SlatePlace): void {
      const key = `${place.slateId} ${productId}`;
      if (seen.has(key)) return;
      seen.add(key);
      add("impression", productId, place);
      schedule();
    },
    click(productId: string, place: SlatePlace): void {
      add("click", productId, place);
      schedule();
    },
    /** A view goes out at once, with all that waited: the next slate should know it. */
    view(productId: string): Promise<void> {
      add("view", productId, undefined);
      return flush("staying");
    },
    flush,
  };
}
