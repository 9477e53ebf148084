import { useEffect, useRef } from "react";
import { announcer } from "@/lib/announcer";
import type { Connection } from "./use-connection";

function changes(count: number): string {
  return count === 1 ? "1 change is" : `${String(count)} changes are`;
}

/** Says once that the shop is out of reach, and what waits for it, at the foot of the page, where nothing moves for it. */
export function ConnectionBanner({ isOnline, kept }: Connection) {
  const wasOnline = useRef(true);
  useEffect(() => {
    if (wasOnline.current === isOnline) return;
    wasOnline.current = isOnline;
    announcer.announce(isOnline ? "You are online again." : "You are offline.");
  }, [isOnline]);
  if (isOnline) {
    return kept === 0 ? null : <p className="connection-banner no-print">{changes(kept)} being sent.</p>;
  }
  return (
    <p className="connection-banner no-print">
      <b className="font-semibold">You are offline.</b> Pages that you opened still show.{" "}
      {kept === 0
        ? "What you save or add to the cart is kept and sent later."
        : `${changes(kept)} kept and will be sent when the connection is back.`}
    </p>
  );
}
