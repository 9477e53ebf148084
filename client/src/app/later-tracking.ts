import type { Tracking } from "@/lib/tracking/tracking-context";
import type { Store } from "./store";

/** Tracking whose code comes once the page stands: what happens before that is told as soon as it is there. */
export function trackLater(store: Store): Tracking {
  const started = import("./tracking").then(({ startTracking }) => startTracking(store));
  return {
    impression: (...seen) => void started.then((tracking) => tracking.impression(...seen)),
    click: (...clicked) => void started.then((tracking) => tracking.click(...clicked)),
    view: async (productId) => (await started).view(productId),
  };
}
