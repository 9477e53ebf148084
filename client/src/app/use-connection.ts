import { useSyncExternalStore } from "react";
import { countKept, subscribeToKept } from "@/lib/outbox";

export type Connection = { isOnline: boolean; kept: number };

function subscribeToNetwork(listener: () => void): () => void {
  globalThis.addEventListener("online", listener);
  globalThis.addEventListener("offline", listener);
  return () => {
    globalThis.removeEventListener("online", listener);
    globalThis.removeEventListener("offline", listener);
  };
}

/** Whether there is a network, and how many writes wait to be sent. */
export function useConnection(): Connection {
  const isOnline = useSyncExternalStore(
    subscribeToNetwork,
    () => navigator.onLine,
    () => true,
  );
  const kept = useSyncExternalStore(subscribeToKept, countKept, () => 0);
  return { isOnline, kept };
}
