import { createSlice, type PayloadAction } from "@reduxjs/toolkit";
import type { MergeReport } from "@/api/generated";

/** What signing in did to the cart and the favorites; shown until it is dismissed. */
export type MergeState = { report: MergeReport | null };
const initialState: MergeState = { report: null };

export const mergeSlice = createSlice({
  name: "merge",
  initialState,
  reducers: {
    mergeReported: (state, { payload }: PayloadAction<MergeReport>) => {
      state.report = payload;
    },
    mergeRead: (state) => {
      state.report = null;
    },
  },
  selectors: { selectMergeReport: (state) => state.report },
});

export const { mergeReported, mergeRead } = mergeSlice.actions;
export const { selectMergeReport } = mergeSlice.selectors;
