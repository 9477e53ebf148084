import { shopApi } from "@/api/shop-api";
import { besideLikeness } from "./reasons";
import { RailSkeleton, SlateRail } from "./slate-rail";
import { words } from "@/lib/words/words";

/** Others like this product. A slow or failed model never holds the page; an empty slate leaves no hole. */
export function SimilarRail({ productId, isSoldOut }: { productId: string; isSoldOut: boolean }) {
  const { currentData, isError } = shopApi.useGetSimilarQuery(productId);
  if (isError || currentData?.items.length === 0) return null;
  if (currentData === undefined) return <RailSkeleton />;
  return (
    <SlateRail
      title={isSoldOut ? words.rails.instead : words.rails.similar}
      slate={currentData}
      reasonOf={besideLikeness}
      swatchBy="maker"
    />
  );
}
