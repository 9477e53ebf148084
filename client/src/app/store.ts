import { configureStore, type Middleware } from "@reduxjs/toolkit";
import { learningSlice } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";
import { mergeSlice } from "@/features/accounts/merge-slice";
import { cartDrawerSlice } from "@/features/cart/cart-slice";
import { undoMiddleware } from "@/features/cart/undo";
import { takeBackMiddleware } from "@/features/recommendations/take-back";
import { toastsSlice } from "@/lib/toasts-slice";

export function createStore(others: Middleware[] = []) {
  const store = configureStore({
    reducer: {
      [shopApi.reducerPath]: shopApi.reducer,
      [learningSlice.name]: learningSlice.reducer,
      [mergeSlice.name]: mergeSlice.reducer,
      [cartDrawerSlice.name]: cartDrawerSlice.reducer,
      [toastsSlice.name]: toastsSlice.reducer,
    },
    middleware: (defaults) =>
      defaults().prepend(undoMiddleware, takeBackMiddleware).concat(shopApi.middleware).concat(others),
  });
  return store;
}

export type Store = ReturnType<typeof createStore>;
