import { ProductCard } from "@/ui/product-card";
import type { ModelGroup } from "./model-groups";
import { Offers } from "./offers";

export const GRID = "grid grid-cols-2 gap-x-4 gap-y-10 md:grid-cols-3 lg:gap-x-6 xl:grid-cols-4";
const ABOVE_THE_FOLD = 4;

/** On a page of one category the swatch takes its hue from the maker. */
export function ProductGrid({ models, isStale }: { models: ModelGroup[]; isStale: boolean }) {
  const isOneCategory = new Set(models.map(({ lead }) => lead.category.slug)).size === 1;
  return (
    <ul className={`${GRID} transition-opacity ${isStale ? "opacity-60" : ""}`} aria-busy={isStale}>
      {models.map((model, index) => (
        <li key={model.lead.id}>
          <ProductCard
            product={model.lead}
            headingLevel="h2"
            swatchBy={isOneCategory ? "maker" : "category"}
            isEager={index < ABOVE_THE_FOLD}
            {...(model.offers.length > 1 && { several: <Offers model={model} /> })}
          />
        </li>
      ))}
    </ul>
  );
}
