import { useEffect, useRef } from "react";
import { announcer } from "@/lib/announcer";
import type { Connection } from "./use-connection";
import { sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** Says once that the shop is out of reach, and what waits for it, at the foot of the page, where nothing moves for it. */
export function ConnectionBanner({ isOnline, kept }: Connection) {
  const wasOnline = useRef(true);
  useEffect(() => {
    if (wasOnline.current === isOnline) return;
    wasOnline.current = isOnline;
    announcer.announce(isOnline ? words.connection.back : words.connection.gone);
  }, [isOnline]);
  if (isOnline) {
    return kept === 0 ? null : (
      <p className="connection-banner no-print">{sayCount(words.connection.sending, kept)}</p>
    );
  }
  return (
    <p className="connection-banner no-print">
      <b className="font-semibold">{words.connection.gone}</b> {words.connection.stillShown}{" "}
      {kept === 0 ? words.connection.willKeep : sayCount(words.connection.kept, kept)}
    </p>
  );
}
