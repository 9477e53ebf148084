import { createAction, createListenerMiddleware } from "@reduxjs/toolkit";
import type { Card } from "@/api/generated";
import { shopApi } from "@/api/shop-api";

/** The way back of a removal, carried by its toast. */
export const lineRestored = createAction<{ product: Card; quantity: number }>("cart/lineRestored");

const listeners = createListenerMiddleware();

listeners.startListening({
  actionCreator: lineRestored,
  effect: async ({ payload }, { dispatch }) => {
    await (dispatch as (thunk: unknown) => Promise<unknown>)(shopApi.endpoints.addToCart.initiate(payload));
  },
});

export const undoMiddleware = listeners.middleware;
