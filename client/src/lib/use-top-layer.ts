import { useSyncExternalStore } from "react";

function subscribe(listener: () => void): () => void {
  // Neither event bubbles, and both can be caught on their way down.
  for (const event of ["toggle", "close"]) document.addEventListener(event, listener, true);
  return () => {
    for (const event of ["toggle", "close"]) document.removeEventListener(event, listener, true);
  };
}

function topmost(): Element {
  return [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
}

/** The open dialog, or the page: whatever lies outside an open dialog can be seen, but not pressed. */
export function useTopLayer(): Element {
  return useSyncExternalStore(subscribe, topmost);
}
