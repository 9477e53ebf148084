import { useSyncExternalStore } from "react";

const never = () => () => undefined;

/** False only while the frame from the build is taken over: what the address decides must wait that long. */
export function useIsHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
}
