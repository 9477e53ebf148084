import { useEffect, useState } from "react";

/** True once `isActive` has lasted `delayMs`: a skeleton that would flash is never drawn. */
export function useDelayed(isActive: boolean, delayMs = 150): boolean {
  const [isDue, setIsDue] = useState(false);
  useEffect(() => {
    if (!isActive) return undefined;
    const timer = setTimeout(() => setIsDue(true), delayMs);
    return () => {
      clearTimeout(timer);
      setIsDue(false);
    };
  }, [isActive, delayMs]);
  return isActive && isDue;
}
