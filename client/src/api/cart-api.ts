import type { Card, Cart } from "./generated";
import { keptInstead, type KeptWrite } from "./keep";
import { learned } from "./learning-slice";
import { withoutLine, withProduct, withQuantity } from "./optimistic-cart";
import { shopApi, type ApiDispatch } from "./shop-api";

type Writing = {
  dispatch: ApiDispatch;
  getState: () => unknown;
  queryFulfilled: PromiseLike<{ data: Cart }>;
};
/** How many cart writes are under way: only the last answer is shown, so a quick double click never steps back. */
let cartWritesUnderWay = 0;

async function writeCart(
  { dispatch, queryFulfilled }: Writing,
  change: (cart: Cart) => Cart,
  write: KeptWrite | undefined,
): Promise<boolean> {
  const patch = dispatch(shopApi.util.updateQueryData("getCart", undefined, change));
  cartWritesUnderWay += 1;
  try {
    const { data } = await queryFulfilled;
    if (cartWritesUnderWay === 1) dispatch(shopApi.util.upsertQueryData("getCart", undefined, data));
    return true;
  } catch (failure) {
    if (keptInstead(failure, write, dispatch)) return false;
    patch.undo();
    dispatch(shopApi.util.invalidateTags(["Cart"]));
    return false;
  } finally {
    cartWritesUnderWay -= 1;
  }
}

/** A line may have another id, or none yet, when the write is sent later: its product stays. */
function quantityOf({ getState }: Writing, lineId: string, quantity: number): KeptWrite | undefined {
  const state = getState() as Parameters<ReturnType<typeof shopApi.endpoints.getCart.select>>[0];
  const line = shopApi.endpoints.getCart
    .select()(state)
    .data?.lines.find(({ id }) => id === lineId);
  return line && { kind: "quantity", product: line.product, quantity };
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
        const write = { kind: "add" as const, product, quantity };
        if (await writeCart(api, (cart) => withProduct(cart, product, quantity), write))
          api.dispatch(learned());
      },
    }),
    changeQuantity: build.mutation<Cart, { lineId: string; quantity: number }>({
      query: ({ lineId, quantity }) => ({
        url: `/api/v1/cart/lines/${encodeURIComponent(lineId)}`,
        method: "PATCH",
        body: { quantity },
      }),
      onQueryStarted: async ({ lineId, quantity }, api) => {
        const write = quantityOf(api, lineId, quantity);
        await writeCart(api, (cart) => withQuantity(cart, lineId, quantity), write);
      },
    }),
    removeLine: build.mutation<Cart, string>({
      query: (lineId) => ({ url: `/api/v1/cart/lines/${encodeURIComponent(lineId)}`, method: "DELETE" }),
      onQueryStarted: async (lineId, api) => {
        await writeCart(api, (cart) => withoutLine(cart, lineId), quantityOf(api, lineId, 0));
      },
    }),
  }),
});
