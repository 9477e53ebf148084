import type { Card } from "@/api/generated";
import { compareMoney } from "@/lib/money-sums";

/** Listings of one model: several grades, several stores, or just one unit. */
export type ModelGroup = {
  /** The one that the card opens: the cheapest that is in stock. */
  lead: Card;
  /** All of them, the cheapest first. */
  offers: Card[];
};

function modelOf({ category, brand, title, price }: Card): string {
  return [category.slug, brand.slug, title.trim().toLowerCase(), price.currency].join("\u0000");
}

function groupOf(listings: Card[]): ModelGroup[] {
  const offers = listings.toSorted((a, b) => compareMoney(a.price, b.price));
  const lead = offers.find((offer) => offer.inStock) ?? offers[0];
  return lead === undefined ? [] : [{ lead, offers }];
}

/**
 * One card per model, at the place of its first listing. Only listings of one page are put together: a card that has
 * been seen never changes when the next page is appended below it.
 */
export function groupByModel(pages: readonly Card[][]): ModelGroup[] {
  return pages.flatMap((page) => {
    const models = Map.groupBy(page, modelOf);
    return [...models.values()].flatMap(groupOf);
  });
}
