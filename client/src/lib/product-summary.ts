import type { Condition } from "./grades";
import type { Money } from "./money";

/** What a card shows of a listing: the common part of every answer that holds products. */
export type ProductSummary = {
  id: string;
  title: string;
  brand: { id: string; slug: string; name: string };
  category: { id: string; slug: string; name: string };
  condition: Condition;
  price: Money;
  inStock: boolean;
  stock: number;
  store: { id: string; name: string };
  imageUrl: string;
  viewsCount: number;
  version: number;
};

/** A maker keeps one swatch hue, so that a page of one category is no single-coloured wall. */
export function makerSwatch(brandSlug: string): string {
  let hash = 7;
  for (const character of brandSlug) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 65_521;
  return `maker-${hash % 8}`;
}
