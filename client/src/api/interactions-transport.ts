import type { TrackedEvent, Transport } from "@/lib/tracking/tracker";
import { toProblem } from "./problem";

const ADDRESS = "/api/v1/interactions";

/** Refusals that will not change are final; a busy or absent server is tried again by the tracker. */
function isWorthRetrying(status: number): boolean {
  return status === 429 || status >= 500;
}

export const sendInteractions: Transport = async (events: TrackedEvent[], mode) => {
  const body = JSON.stringify({ events });
  if (mode === "leaving" && navigator.sendBeacon(ADDRESS, new Blob([body], { type: "application/json" })))
    return;
  const response = await fetch(ADDRESS, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    credentials: "same-origin",
    keepalive: true,
    body,
  });
  // A request whose answer nobody reads never ends for the browser, and what waits for a quiet network waits on.
  // The status alone decides: an answer that breaks off after it was accepted is not sent again.
  await response.arrayBuffer().catch(() => undefined);
  if (isWorthRetrying(response.status)) throw toProblem(response.status, null, response.headers);
};
