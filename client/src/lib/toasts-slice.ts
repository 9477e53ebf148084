import { createSlice, nanoid, type PayloadAction } from "@reduxjs/toolkit";

/** `undo` names an action that a feature has registered; state stays serialisable. */
export type Toast = {
  id: string;
  text: string;
  tone: "plain" | "problem";
  /** The language of the text, where it is not that of the page. */
  lang?: "en";
  undo?: { type: string; payload: unknown };
};
export type ToastsState = { shown: Toast[] };

const initialState: ToastsState = { shown: [] };

export const toastsSlice = createSlice({
  name: "toasts",
  initialState,
  reducers: {
    toastShown: {
      prepare: (toast: Omit<Toast, "id">) => ({ payload: { ...toast, id: nanoid() } }),
      reducer: (state, { payload }: PayloadAction<Toast>) => {
        state.shown = [...state.shown.slice(-1), payload];
      },
    },
    toastDismissed: (state, { payload }: PayloadAction<string>) => {
      state.shown = state.shown.filter((toast) => toast.id !== payload);
    },
  },
  selectors: { selectToasts: (state) => state.shown },
});

export const { toastShown, toastDismissed } = toastsSlice.actions;
export const { selectToasts } = toastsSlice.selectors;
