import type { KeptWrite } from "@/api/keep";
import { shopApi } from "@/api/shop-api";
import { countKept, sendKept, subscribeToKept } from "@/lib/outbox";
import { toastShown } from "@/lib/toasts-slice";
import type { Store } from "./store";
import { refusal } from "@/api/failure";

const AGAIN_MS = 5000;

/** Sends what was kept, now and whenever the connection is back, and then shows what the shop has made of it. */
export function startOutbox({ dispatch }: Store): { sendAll: () => Promise<void> } {
  let waiting: ReturnType<typeof setTimeout> | undefined;
  let known = countKept();

  const sendAll = async () => {
    clearTimeout(waiting);
    if (countKept() === 0) return;
    const { deliver } = await import("@/api/send-kept");
    await sendKept<KeptWrite>((kept) =>
      deliver(kept, ({ product }, problem) => {
        const told = refusal(problem);
        dispatch(toastShown({ ...told, text: `${product.title}: ${told.text}` }));
      }),
    );
    if (countKept() > 0 && navigator.onLine) waiting = setTimeout(() => void sendAll(), AGAIN_MS);
  };

  // Also told by another tab, which may have been the one that sent.
  subscribeToKept(() => {
    const count = countKept();
    // Kept although there is a network: the shop itself was out of reach.
    if (count > known && navigator.onLine) waiting = setTimeout(() => void sendAll(), AGAIN_MS);
    if (count === 0 && known > 0) dispatch(shopApi.util.invalidateTags(["Cart", "Favorites", "Home"]));
    known = count;
  });
  void sendAll();
  return { sendAll };
}
