import { createSlice } from "@reduxjs/toolkit";

/** Only what is local: the contents of the cart are the server's. */
export type CartDrawerState = { isOpen: boolean };
const initialState: CartDrawerState = { isOpen: false };

export const cartDrawerSlice = createSlice({
  name: "cartDrawer",
  initialState,
  reducers: {
    cartOpened: (state) => {
      state.isOpen = true;
    },
    cartClosed: (state) => {
      state.isOpen = false;
    },
  },
  selectors: { selectIsCartOpen: (state) => state.isOpen },
});

export const { cartOpened, cartClosed } = cartDrawerSlice.actions;
export const { selectIsCartOpen } = cartDrawerSlice.selectors;
