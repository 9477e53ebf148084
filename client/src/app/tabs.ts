import type { Middleware } from "@reduxjs/toolkit";
import type { Cart } from "@/api/generated";
import { shopApi } from "@/api/shop-api";
import { dropKept } from "@/lib/outbox";
import type { Store } from "./store";

/** What one tab of the shop tells the others: who is signed in, what the cart holds, that the favorites changed. */
type News = { kind: "cart"; cart: Cart } | { kind: "session" } | { kind: "favorites" };
export type TabChannel = Pick<BroadcastChannel, "postMessage" | "addEventListener">;

const CART_WRITES = new Set(["addToCart", "changeQuantity", "removeLine"]);
const OTHER_PERSON = new Set(["signUp", "logIn", "logOut", "updateMe"]);

type Fulfilled = { meta: { arg: { endpointName: string } }; payload: unknown };

function isFulfilledWrite(action: unknown): action is Fulfilled {
  return (action as { type?: unknown }).type === `${shopApi.reducerPath}/executeMutation/fulfilled`;
}

/** What was kept was not sent in time, and must not become the next person's. */
function isLogOut(action: unknown): boolean {
  return isFulfilledWrite(action) && action.meta.arg.endpointName === "logOut";
}

function newsOf(action: unknown): News | undefined {
  if (!isFulfilledWrite(action)) return undefined;
  const name = action.meta.arg.endpointName;
  if (CART_WRITES.has(name)) return { kind: "cart", cart: action.payload as Cart };
  if (OTHER_PERSON.has(name)) return { kind: "session" };
  return name === "setFavorite" ? { kind: "favorites" } : undefined;
}

/** Tells the other tabs what the server has confirmed to this one. */
export function tellingTabs(channel: TabChannel): Middleware {
  return () => (next) => (action) => {
    const news = newsOf(action);
    if (news !== undefined) channel.postMessage(news);
    if (isLogOut(action)) dropKept();
    return next(action);
  };
}

/** Shows at once what another tab was told. Nothing here writes, so no news ever comes back. */
export function hearTabs(channel: TabChannel, { dispatch }: Pick<Store, "dispatch">): void {
  channel.addEventListener("message", ({ data }: MessageEvent<News>) => {
    if (data.kind === "cart") {
      void dispatch(shopApi.util.upsertQueryData("getCart", undefined, data.cart));
    } else if (data.kind === "favorites") {
      dispatch(shopApi.util.invalidateTags(["Favorites"]));
    } else {
      dispatch(shopApi.util.invalidateTags(["Session", "Cart", "Favorites", "Home"]));
    }
  });
}
