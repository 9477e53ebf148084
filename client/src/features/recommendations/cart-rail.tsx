import { countItems } from "@/api/optimistic-cart";
import { shopApi } from "@/api/shop-api";
import { SlateRail } from "./slate-rail";
import { words } from "@/lib/words/words";

/** Goes with the cart; asked for only when there is one. */
export function CartRail() {
  const { data: cart } = shopApi.useGetCartQuery();
  const isEmpty = countItems(cart) === 0;
  const { data } = shopApi.useGetCartRecommendationsQuery(undefined, {
    skip: isEmpty,
    refetchOnMountOrArgChange: true,
  });
  if (isEmpty || data === undefined || data.items.length === 0) return null;
  return <SlateRail title={words.rails.cart} slate={data} />;
}
