import { createAction, type Middleware } from "@reduxjs/toolkit";
import type { ApiDispatch } from "@/api/shop-api";

/** The way back of a "not for me", carried by its toast. */
export const feedbackTakenBack = createAction<string>("recommendations/feedbackTakenBack");

export const takeBackMiddleware: Middleware =
  ({ dispatch }: { dispatch: ApiDispatch }) =>
  (next) =>
  (action) => {
    if (feedbackTakenBack.match(action)) {
      void import("@/api/profile-api").then(({ profileApi }) =>
        dispatch(profileApi.endpoints.takeBack.initiate(action.payload)),
      );
    }
    return next(action);
  };
