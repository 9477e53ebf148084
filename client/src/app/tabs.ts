import { isAnyOf, type Middleware } from "@reduxjs/toolkit";
import type { Cart } from "@/api/generated";
import { shopApi } from "@/api/shop-api";
import type { Store } from "./store";

/** What one tab of the shop tells the others: who is signed in, what the cart holds, that the favorites changed. */
type News = { kind: "cart"; cart: Cart } | { kind: "session" } | { kind: "favorites" };
export type TabChannel = Pick<BroadcastChannel, "postMessage" | "addEventListener">;

const { addToCart, changeQuantity, removeLine, setFavorite, signUp, logIn, logOut, updateMe } =
  shopApi.endpoints;
const isCartAnswer = isAnyOf(
  addToCart.matchFulfilled,
  changeQuantity.matchFulfilled,
  removeLine.matchFulfilled,
);
const isOtherPerson = isAnyOf(
  signUp.matchFulfilled,
  logIn.matchFulfilled,
  logOut.matchFulfilled,
  updateMe.matchFulfilled,
);

function newsOf(action: unknown): News | undefined {
  if (isCartAnswer(action)) return { kind: "cart", cart: action.payload };
  if (isOtherPerson(action)) return { kind: "session" };
  return setFavorite.matchFulfilled(action) ? { kind: "favorites" } : undefined;
}

/** Tells the other tabs what the server has confirmed to this one. */
export function tellingTabs(channel: TabChannel): Middleware {
  return () => (next) => (action) => {
    const news = newsOf(action);
    if (news !== undefined) channel.postMessage(news);
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
