import { useEffect, useState } from "react";
import { useSelector } from "react-redux";
import { selectChangedAt } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";
import { words } from "@/lib/words/words";
import { RailSkeleton, SlateRail } from "./slate-rail";

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
  if (data === undefined || isOld) return <RailSkeleton />;
  const items = data.items.filter(({ product }) => product.id !== without);
  if (items.length === 0) return null;
  const title = data.personalised ? words.rails.session : words.rails.titles.popular;
  return <SlateRail title={title} slate={{ ...data, items }} />;
}
