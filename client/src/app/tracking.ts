import { sendInteractions } from "@/api/interactions-transport";
import { learned } from "@/api/learning-slice";
import { createTracker } from "@/lib/tracking/tracker";
import type { Tracking } from "@/lib/tracking/tracking-context";
import type { Store } from "./store";

/** Joins the tracker to the network, to the page's life and to the slates that become out of date. */
export function startTracking(store: Store): Tracking {
  const tracker = createTracker(sendInteractions, {
    now: () => new Date(),
    newId: () => crypto.randomUUID(),
    later: (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  });
  globalThis.addEventListener("pagehide", () => void tracker.flush("leaving"));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void tracker.flush("leaving");
  });
  return {
    impression: tracker.impression,
    click: tracker.click,
    view: async (productId) => {
      await tracker.view(productId);
      store.dispatch(learned());
    },
  };
}
