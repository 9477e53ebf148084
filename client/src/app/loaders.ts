import type { LoaderFunctionArgs } from "react-router";
import { selectChangedAt } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";
import { listingQuery } from "@/features/catalog/listing/listing-query";
import { parseFilters } from "@/lib/filters";
import type { Store } from "./store";

/** How long a page may wait for a newer arrangement before it shows the one that it has. */
const FRESH_WITHIN_MS = 200;

/** Starts what a page will ask for, before its code has arrived. Pages draw their own skeletons: nothing waits here. */
export function createLoaders(store: Store) {
  const { dispatch } = store;

  const home = async () => {
    const state = store.getState();
    const cached = shopApi.endpoints.getHome.select()(state);
    const isStale =
      cached.fulfilledTimeStamp !== undefined && selectChangedAt(state) > cached.fulfilledTimeStamp;
    const request = dispatch(
      shopApi.endpoints.getHome.initiate(undefined, { subscribe: false, forceRefetch: isStale }),
    );
    if (isStale)
      await Promise.race([request, new Promise((resolve) => setTimeout(resolve, FRESH_WITHIN_MS))]);
    return null;
  };

  const products = ({ request }: LoaderFunctionArgs) => {
    const filters = parseFilters(new URL(request.url).searchParams);
    void dispatch(shopApi.endpoints.browseProducts.initiate(listingQuery(filters), { subscribe: false }));
    return null;
  };

  const product = ({ params }: LoaderFunctionArgs) => {
    const productId = params["id"] ?? "";
    // The page shows what was prefetched meanwhile: price and stock may have moved, and only this request counts as seen.
    void dispatch(
      shopApi.endpoints.getProduct.initiate({ productId }, { subscribe: false, forceRefetch: true }),
    );
    void dispatch(shopApi.endpoints.getSimilar.initiate(productId, { subscribe: false }));
    return null;
  };

  return { home, products, product };
}
