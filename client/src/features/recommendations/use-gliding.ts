import { useEffect, useRef, useState } from "react";
import { flushSync } from "react-dom";

const SETTLED_MS = 2600;

/**
 * Shows a newer arrangement through a view transition, so that moved cards glide. `isMoving` is true shortly before,
 * while and after: only then do cards carry names for the transition and notes about their rise.
 */
export function useGliding<T>(latest: T): { shown: T; previous: T | null } {
  const [shown, setShown] = useState(latest);
  const [previous, setPrevious] = useState<T | null>(null);
  const settled = useRef<ReturnType<typeof setTimeout>>(undefined);

  useEffect(() => {
    if (latest === shown) return;
    const swap = () =>
      flushSync(() => {
        setPrevious(shown);
        setShown(latest);
        // Measurements of layout stability know this movement as one that was meant.
        performance.mark("rearranged");
      });
    const isCalm = globalThis.matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (isCalm || document.visibilityState === "hidden" || !("startViewTransition" in document))
      queueMicrotask(swap);
    else document.startViewTransition(swap);
    clearTimeout(settled.current);
    settled.current = setTimeout(() => setPrevious(null), SETTLED_MS);
  }, [latest, shown]);

  useEffect(() => () => clearTimeout(settled.current), []);
  return { shown, previous };
}
