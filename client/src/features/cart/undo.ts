import { createAction, createListenerMiddleware } from "@reduxjs/toolkit";
import type { Card } from "@/api/generated";
import { shopApi, type ApiDispatch } from "@/api/shop-api";

/** The way back of a removal, carried by its toast. */
export const lineRestored = createAction<{ product: Card; quantity: number }>("cart/lineRestored");

const listeners = createListenerMiddleware();

listeners.startListening({
  actionCreator: lineRestored,
  effect: async ({ payload }, api) => {
    const dispatch: ApiDispatch = api.dispatch as ApiDispatch;
    await dispatch(shopApi.endpoints.addToCart.initiate(payload));
  },
});

export const undoMiddleware = listeners.middleware;
