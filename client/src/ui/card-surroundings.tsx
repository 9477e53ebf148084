import { createContext, use, type ComponentType } from "react";
import type { ProductSummary } from "@/lib/product-summary";
import type { SlatePlace } from "@/lib/tracking/tracker";

export type CardActionsProps = {
  product: ProductSummary;
  /** Where the shop itself put the card; absent where the shopper asked for it. */
  place?: SlatePlace | undefined;
};

/** What the application puts around every card: features own these parts, the card only has the places. */
export type CardSurroundings = {
  Actions: ComponentType<CardActionsProps>;
  /** A pointer rests on a card or the focus reaches it: the page behind it may be fetched. */
  onIntent: (productId: string) => void;
};

const none: CardSurroundings = { Actions: () => null, onIntent: () => {} };

export const CardSurroundingsContext = createContext<CardSurroundings>(none);

export function useCardSurroundings(): CardSurroundings {
  return use(CardSurroundingsContext);
}
