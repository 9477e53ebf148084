import type { Card } from "@/api/generated";
import { ProductCard } from "@/ui/product-card";

export const GRID = "grid grid-cols-2 gap-x-4 gap-y-10 md:grid-cols-3 lg:gap-x-6 xl:grid-cols-4";
const ABOVE_THE_FOLD = 4;

/** On a page of one category the swatch takes its hue from the maker. */
export function ProductGrid({ items, isStale }: { items: Card[]; isStale: boolean }) {
  const isOneCategory = new Set(items.map((item) => item.category.slug)).size === 1;
  return (
    <ul className={`${GRID} transition-opacity ${isStale ? "opacity-60" : ""}`} aria-busy={isStale}>
      {items.map((product, index) => (
        <li key={product.id}>
          <ProductCard
            product={product}
            headingLevel="h2"
            swatchBy={isOneCategory ? "maker" : "category"}
            isEager={index < ABOVE_THE_FOLD}
          />
        </li>
      ))}
    </ul>
  );
}
