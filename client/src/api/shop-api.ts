import type { ThunkDispatch, UnknownAction } from "@reduxjs/toolkit";
import type { baseApi } from "./base-api";
import {
  generatedApi,
  type Card,
  type CardPage,
  type ListProductsApiArg,
  type ProductPage,
} from "./generated";
import { keptInstead } from "./keep";
import { learned } from "./learning-slice";

export const FAVORITES_LIMIT = 100;
const favoritesArg = { limit: FAVORITES_LIMIT };

const described = generatedApi.enhanceEndpoints({
  endpoints: {
    getSession: { providesTags: ["Session"] },
    updateMe: { invalidatesTags: ["Session"] },
    getCart: { providesTags: ["Cart"] },
    listFavorites: { providesTags: ["Favorites"] },
    getHome: { providesTags: ["Home", "Slates"] },
    getSimilar: { providesTags: ["Slates"] },
    getCartRecommendations: { providesTags: ["Slates"] },
    getSessionRecommendations: { providesTags: ["Slates"] },
    // One entry per product: a prefetched answer is the page's first picture, and the page asks again.
    getProduct: { serializeQueryArgs: ({ queryArgs }) => queryArgs.productId },
    signUp: { invalidatesTags: ["Session", "Cart", "Favorites", "Home", "Profile"] },
    logIn: { invalidatesTags: ["Session", "Cart", "Favorites", "Home", "Profile"] },
    logOut: { invalidatesTags: ["Session", "Cart", "Favorites", "Home", "Profile"] },
  },
});

type RootOfApi = { [baseApi.reducerPath]: ReturnType<typeof baseApi.reducer> };
/** A dispatch that takes the thunks of this api. */
export type ApiDispatch = ThunkDispatch<RootOfApi, unknown, UnknownAction>;

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
        } catch (failure) {
          if (!keptInstead(failure, { kind: "favorite", product, isSaved }, dispatch)) patch.undo();
        }
      },
    }),
  }),
});
