import { useEffect } from "react";
import { useSelector } from "react-redux";
import { selectChangedAt } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";
import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { cardReason, isLearnedRail, sharedReason } from "./reasons";

/** What the shop would show next from this visit alone. Absent while nothing is known. */
export function SessionRail({ title }: { title: string }) {
  const { data, fulfilledTimeStamp, isFetching, refetch } = shopApi.useGetSessionRecommendationsQuery();
  const changedAt = useSelector(selectChangedAt);
  useEffect(() => {
    if (!isFetching && fulfilledTimeStamp !== undefined && changedAt > fulfilledTimeStamp) void refetch();
  }, [changedAt, fulfilledTimeStamp, isFetching, refetch]);

  if (data === undefined || data.items.length === 0) return null;
  const shared = sharedReason(data);
  return (
    <Rail title={title} reason={shared} isLearned={isLearnedRail(data, data.personalised)}>
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
