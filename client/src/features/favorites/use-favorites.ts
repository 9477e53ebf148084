import { FAVORITES_LIMIT, shopApi } from "@/api/shop-api";

/** The saved listings of this visitor; one cache entry feeds every heart on the page. */
export function useFavorites() {
  return shopApi.useListFavoritesQuery({ limit: FAVORITES_LIMIT });
}

export function useIsSaved(productId: string): boolean {
  const { isSaved } = shopApi.useListFavoritesQuery(
    { limit: FAVORITES_LIMIT },
    {
      selectFromResult: ({ data }) => ({
        isSaved: data?.items.some((item) => item.id === productId) ?? false,
      }),
    },
  );
  return isSaved;
}
