import { countItems } from "@/api/optimistic-cart";
import { shopApi } from "@/api/shop-api";
import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { cardReason, isLearnedRail, sharedReason } from "./reasons";
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
  const shared = sharedReason(data);
  return (
    <Rail title={words.rails.cart} reason={shared} isLearned={isLearnedRail(data, data.personalised)}>
      {data.items.map((item) => (
        <ProductCard
          key={item.product.id}
          product={item.product}
          place={{ slateId: data.slateId, position: item.position }}
          reason={cardReason(item, shared)}
        />
      ))}
    </Rail>
  );
}
