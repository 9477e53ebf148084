import { shopApi } from "@/api/shop-api";
import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { CardSkeletons } from "@/ui/skeletons";
import { cardReason, isLearnedRail, sharedReason } from "./reasons";
import { words } from "@/lib/words/words";

/** Others like this product, each with why. A slow or failed model never holds the page; an empty slate leaves no hole. */
export function SimilarRail({ productId, isSoldOut }: { productId: string; isSoldOut: boolean }) {
  const { currentData, isError } = shopApi.useGetSimilarQuery(productId);
  if (isError || currentData?.items.length === 0) return null;
  if (currentData === undefined) {
    return (
      <div>
        <div className="mb-0.5 h-px bg-line" />
        <div className="mt-5 mb-4 h-9" />
        <CardSkeletons count={6} className="shelf" />
      </div>
    );
  }
  const shared = sharedReason(currentData);
  return (
    <Rail
      title={isSoldOut ? words.rails.instead : words.rails.similar}
      reason={shared}
      isLearned={isLearnedRail(currentData, currentData.personalised)}
    >
      {currentData.items.map((item) => (
        <ProductCard
          key={item.product.id}
          product={item.product}
          swatchBy="maker"
          place={{ slateId: currentData.slateId, position: item.position }}
          reason={cardReason(item, shared)}
        />
      ))}
    </Rail>
  );
}
