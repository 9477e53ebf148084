import type { Item, Rail as RailData } from "@/api/generated";
import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { CardSkeletons } from "@/ui/skeletons";
import { cardReason, isLearnedRail, sharedReason } from "./reasons";

/** The box of a rail whose slate is on its way. */
export function RailSkeleton() {
  return (
    <div>
      <div className="mb-0.5 h-px bg-line" />
      <div className="mt-5 mb-4 h-9" />
      <CardSkeletons count={6} className="shelf" />
    </div>
  );
}

type SlateRailProps = {
  title: string;
  slate: Pick<RailData, "items" | "reason"> & { slateId: string; personalised: boolean };
  /** Said beside the title when the cards share no reason. */
  otherwise?: string;
  /** What a card says when the rail has not said it already. */
  reasonOf?: typeof cardReason;
  swatchBy?: "category" | "maker";
};

/** A slate as one rail: a reason that all cards share is said once, beside the title. */
export function SlateRail({ title, slate, otherwise, reasonOf = cardReason, swatchBy }: SlateRailProps) {
  const { slateId, items, personalised } = slate;
  const shared = sharedReason(slate);
  return (
    <Rail title={title} reason={shared ?? otherwise} isLearned={isLearnedRail(slate, personalised)}>
      {items.map((item: Item) => (
        <ProductCard
          key={item.product.id}
          product={item.product}
          {...(swatchBy !== undefined && { swatchBy })}
          place={{ slateId, position: item.position }}
          reason={reasonOf(item, shared)}
        />
      ))}
    </Rail>
  );
}
