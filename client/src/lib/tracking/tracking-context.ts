import { createContext, use } from "react";
import type { SlatePlace } from "./tracker";

export type Tracking = {
  impression: (productId: string, place: SlatePlace) => void;
  click: (productId: string, place: SlatePlace) => void;
  view: (productId: string) => Promise<void>;
};

const silent: Tracking = { impression: () => {}, click: () => {}, view: () => Promise.resolve() };

export const TrackingContext = createContext<Tracking>(silent);

export function useTracking(): Tracking {
  return use(TrackingContext);
}
