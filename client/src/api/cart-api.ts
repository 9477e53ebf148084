import type { Card, Cart } from "./generated";
import { learned } from "./learning-slice";
import { withoutLine, withProduct, withQuantity } from "./optimistic-cart";
import { shopApi, type ApiDispatch } from "./shop-api";

type Writing = {
  dispatch: ApiDispatch;
  queryFulfilled: PromiseLike<{ data: Cart }>;
};
/** How many cart writes are under way: only the last answer is shown, so a quick double click never steps back. */
let cartWritesUnderWay = 0;

async function writeCart(
  { dispatch, queryFulfilled }: Writing,
  change: (cart: Cart) => Cart,
): Promise<boolean> {
  const patch = dispatch(shopApi.util.updateQueryData("getCart", undefined, change));
  cartWritesUnderWay += 1;
  try {
    const { data } = await queryFulfilled;
    if (cartWritesUnderWay === 1) dispatch(shopApi.util.upsertQueryData("getCart", undefined, data));
    return true;
  } catch {
    patch.undo();
    dispatch(shopApi.util.invalidateTags(["Cart"]));
    return false;
  } finally {
    cartWritesUnderWay -= 1;
  }
}

/** Writes to the cart come with the first page that offers one. */
export const cartApi = shopApi.injectEndpoints({
  endpoints: (build) => ({
    addToCart: build.mutation<Cart, { product: Card; quantity: number }>({
      query: ({ product, quantity }) => ({
        url: "/api/v1/cart/lines",
        method: "POST",
        body: { productId: product.id, quantity },
      }),
      onQueryStarted: async ({ product, quantity }, api) => {
        if (await writeCart(api, (cart) => withProduct(cart, product, quantity))) api.dispatch(learned());
      },
    }),
    changeQuantity: build.mutation<Cart, { lineId: string; quantity: number }>({
      query: ({ lineId, quantity }) => ({
        url: `/api/v1/cart/lines/${encodeURIComponent(lineId)}`,
        method: "PATCH",
        body: { quantity },
      }),
      onQueryStarted: async ({ lineId, quantity }, api) => {
        await writeCart(api, (cart) => withQuantity(cart, lineId, quantity));
      },
    }),
    removeLine: build.mutation<Cart, string>({
      query: (lineId) => ({ url: `/api/v1/cart/lines/${encodeURIComponent(lineId)}`, method: "DELETE" }),
      onQueryStarted: async (lineId, api) => {
        await writeCart(api, (cart) => withoutLine(cart, lineId));
      },
    }),
  }),
});
