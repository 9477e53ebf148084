import { useEffect, useRef, useSyncExternalStore } from "react";
import { announcer } from "@/lib/announcer";

function subscribe(listener: () => void): () => void {
  globalThis.addEventListener("online", listener);
  globalThis.addEventListener("offline", listener);
  return () => {
    globalThis.removeEventListener("online", listener);
    globalThis.removeEventListener("offline", listener);
  };
}

/** Says once that the shop is out of reach, at the foot of the page, where nothing moves for it. */
export function ConnectionBanner() {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  );
  const wasOnline = useRef(isOnline);

  useEffect(() => {
    if (wasOnline.current === isOnline) return;
    wasOnline.current = isOnline;
    announcer.announce(isOnline ? "You are online again." : "You are offline.");
  }, [isOnline]);

  if (isOnline) return null;
  return (
    <p className="connection-banner no-print">
      <b className="font-semibold">You are offline.</b> Pages that you opened still show; nothing can be added
      until the connection is back.
    </p>
  );
}
