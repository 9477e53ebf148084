import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { CardSkeletons } from "@/ui/skeletons";
import { cardReason, isLearnedRail, railTitle, sharedReason } from "./reasons";
import { useHomeSlate } from "./use-home-slate";
import { words } from "@/lib/words/words";

function Coming() {
  return (
    <div>
      <div className="mb-0.5 h-px bg-line" />
      <div className="mt-5 mb-4 h-9" />
      <CardSkeletons count={6} className="shelf" />
    </div>
  );
}

/** The shelf that the home page would begin with just now: what every change on this page leads to. */
export function PreviewRail() {
  const { data, isError } = useHomeSlate();
  // What one was looking at says nothing about what the shop makes of it.
  const rail = data?.rails.find(({ id, items }) => id !== "continue" && items.length > 0);
  if (data === undefined && !isError) return <Coming />;
  if (data === undefined || rail === undefined) return null;
  const shared = sharedReason(rail);
  return (
    <Rail
      title={words.rails.preview}
      reason={shared ?? railTitle(rail)}
      isLearned={isLearnedRail(rail, data.personalised)}
    >
      {rail.items.map((item) => (
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
