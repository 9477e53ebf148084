import { useEffect, useState } from "react";
import { useSelector } from "react-redux";
import { selectChangedAt } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";
import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { CardSkeletons } from "@/ui/skeletons";
import { words } from "@/lib/words/words";
import { cardReason, isLearnedRail, sharedReason } from "./reasons";

/** What the shop would show next from this visit alone; what is popular while the visit says nothing yet. */
export function SessionRail({ without }: { without: string | undefined }) {
  const { data, isError, fulfilledTimeStamp = 0, refetch } = shopApi.useGetSessionRecommendationsQuery();
  // Asked anew when something was learned since, but never rearranged under the shopper's hands.
  const [knownAt] = useState(useSelector(selectChangedAt));
  const isOld = data !== undefined && fulfilledTimeStamp < knownAt;
  useEffect(() => {
    if (isOld) void refetch();
  }, [isOld, refetch]);

  if (isError) return null;
  if (data === undefined || isOld) {
    return (
      <div>
        <div className="mb-0.5 h-px bg-line" />
        <div className="mt-5 mb-4 h-9" />
        <CardSkeletons count={6} className="shelf" />
      </div>
    );
  }
  const items = data.items.filter(({ product }) => product.id !== without);
  if (items.length === 0) return null;
  const shared = sharedReason({ items });
  return (
    <Rail
      title={data.personalised ? words.rails.session : words.rails.titles.popular}
      reason={shared}
      isLearned={isLearnedRail({ items }, data.personalised)}
    >
      {items.map((item) => (
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
