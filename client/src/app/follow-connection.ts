import { setupListeners } from "@reduxjs/toolkit/query";
import { startOutbox } from "./outbox";
import type { Store } from "./store";

/** After a gap the kept writes go first: what is read before them would show the shop without them. */
export function followConnection(store: Store): void {
  const { sendAll } = startOutbox(store);
  setupListeners(store.dispatch, (dispatch, { onOnline, onOffline }) => {
    const cameBack = () => void sendAll().finally(() => dispatch(onOnline()));
    const leftOff = () => void dispatch(onOffline());
    globalThis.addEventListener("online", cameBack);
    globalThis.addEventListener("offline", leftOff);
    return () => {
      globalThis.removeEventListener("online", cameBack);
      globalThis.removeEventListener("offline", leftOff);
    };
  });
}
