import { useEffect, useRef } from "react";
import type { SlatePlace } from "./tracker";
import { useTracking } from "./tracking-context";

export const VISIBLE_FOR_MS = 1000;
const HALF = 0.5;

/** An impression is a card that was at least half visible for one second. */
export function useImpression<E extends Element>(productId: string, place: SlatePlace | undefined) {
  const element = useRef<E>(null);
  const { impression } = useTracking();
  const slateId = place?.slateId;
  const position = place?.position;

  useEffect(() => {
    const target = element.current;
    if (target === null || slateId === undefined || position === undefined) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const observer = new IntersectionObserver(
      ([entry]) => {
        clearTimeout(timer);
        if (entry === undefined || entry.intersectionRatio < HALF) return;
        timer = setTimeout(() => {
          impression(productId, { slateId, position });
          observer.disconnect();
        }, VISIBLE_FOR_MS);
      },
      { threshold: [0, HALF] },
    );
    observer.observe(target);
    return () => {
      clearTimeout(timer);
      observer.disconnect();
    };
  }, [productId, slateId, position, impression]);

  return element;
}
