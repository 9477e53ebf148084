import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import type { baseApi } from "./base-api";
import {
  generatedApi,
  type Card,
  type Cart,
  type CardPage,
  type ListProductsApiArg,
  type ProductPage,
} from "./generated";
import { learned } from "./learning-slice";
import { withoutLine, withProduct, withQuantity } from "./optimistic-cart";

export const FAVORITES_LIMIT = 100;
const favoritesArg = { limit: FAVORITES_LIMIT };

const described = generatedApi.enhanceEndpoints({
  endpoints: {
    getSession: { providesTags: ["Session"] },
    updateMe: { invalidatesTags: ["Session"] },
    getCart: { providesTags: ["Cart"] },
    listFavorites: { providesTags: ["Favorites"] },
    getHome: { providesTags: ["Home"] },
    // One entry per product: a prefetched answer is the page's first picture, and the page asks again.
    getProduct: { serializeQueryArgs: ({ queryArgs }) => queryArgs.productId },
    signUp: { invalidatesTags: ["Session", "Cart", "Favorites", "Home"] },
    logIn: { invalidatesTags: ["Session", "Cart", "Favorites", "Home"] },
    logOut: { invalidatesTags: ["Session", "Cart", "Favorites", "Home"] },
  },
});

type Writing = {
  dispatch: ApiDispatch;
  queryFulfilled: PromiseLike<{ data: Cart }>;
};
type RootOfApi = { [baseApi.reducerPath]: ReturnType<typeof baseApi.reducer> };
/** A dispatch that takes the thunks of this api. */
export type ApiDispatch = ThunkDispatch<RootOfApi, unknown, UnknownAction>;

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

export const shopApi = described.injectEndpoints({
  endpoints: (build) => ({
    browseProducts: build.infiniteQuery<ProductPage, ListProductsApiArg, string>({
      query: ({ queryArg, pageParam }) => ({
        url: "/api/v1/products",
        params: {
          ...queryArg,
          ...(pageParam === "" ? { facets: true, includeTotal: true } : { cursor: pageParam }),
        },
      }),
      infiniteQueryOptions: {
        initialPageParam: "",
        getNextPageParam: (page) => page.nextCursor ?? undefined,
      },
    }),
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
    setFavorite: build.mutation<null, { product: Card; isSaved: boolean }>({
      query: ({ product, isSaved }) => ({
        url: `/api/v1/favorites/${encodeURIComponent(product.id)}`,
        method: isSaved ? "PUT" : "DELETE",
      }),
      onQueryStarted: async ({ product, isSaved }, { dispatch, queryFulfilled }) => {
        const patch = dispatch(
          shopApi.util.updateQueryData("listFavorites", favoritesArg, (page: CardPage) => {
            const others = page.items.filter((item) => item.id !== product.id);
            page.items = isSaved ? [product, ...others] : others;
          }),
        );
        try {
          await queryFulfilled;
          dispatch(learned());
        } catch {
          patch.undo();
        }
      },
    }),
  }),
});
