import { useMemo, type ReactNode } from "react";
import { shopApi } from "@/api/shop-api";
import { SaveButton } from "@/features/favorites/save-button";
import { NotForMe } from "@/features/recommendations/not-for-me";
import { CardSurroundingsContext, type CardActionsProps } from "@/ui/card-surroundings";

type SavesData = { connection?: { saveData?: boolean } };

function Actions({ product, place }: CardActionsProps) {
  return (
    <span className="flex">
      {place !== undefined && <NotForMe product={product} place={place} />}
      <SaveButton product={product} />
    </span>
  );
}

/** Gives every card its heart and fetches the page behind it when the intent shows; not where data is dear. */
export function CardActions({ children }: { children: ReactNode }) {
  const prefetch = shopApi.usePrefetch("getProduct");
  const surroundings = useMemo(
    () => ({
      Actions,
      onIntent: (productId: string) => {
        if ((navigator as SavesData).connection?.saveData === true) return;
        prefetch({ productId, prefetch: 1 }, { ifOlderThan: 60 });
        void import("./pages/product-page");
      },
    }),
    [prefetch],
  );
  return <CardSurroundingsContext value={surroundings}>{children}</CardSurroundingsContext>;
}
