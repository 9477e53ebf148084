import { createAction, type Middleware } from "@reduxjs/toolkit";
import type { Card } from "@/api/generated";
import type { ApiDispatch } from "@/api/shop-api";

/** The way back of a removal, carried by its toast. */
export const lineRestored = createAction<{ product: Card; quantity: number }>("cart/lineRestored");

/** The code is there already: only the cart's own lines offer this way back. */
export const undoMiddleware: Middleware =
  ({ dispatch }: { dispatch: ApiDispatch }) =>
  (next) =>
  (action) => {
    if (lineRestored.match(action)) {
      void import("@/api/cart-api").then(({ cartApi }) =>
        dispatch(cartApi.endpoints.addToCart.initiate(action.payload)),
      );
    }
    return next(action);
  };
