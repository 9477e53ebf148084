import { createSlice, type PayloadAction } from "@reduxjs/toolkit";

/** When the shop last learned something from this shopper: slates fetched before that are out of date. */
export type LearningState = { changedAt: number };
const initialState: LearningState = { changedAt: 0 };

export const learningSlice = createSlice({
  name: "learning",
  initialState,
  reducers: {
    learned: {
      prepare: () => ({ payload: Date.now() }),
      reducer: (state, { payload }: PayloadAction<number>) => {
        state.changedAt = payload;
      },
    },
  },
  selectors: { selectChangedAt: (state) => state.changedAt },
});

export const { learned } = learningSlice.actions;
export const { selectChangedAt } = learningSlice.selectors;
