import { createContext, use, type ComponentType } from "react";
import type { ProductSummary } from "@/lib/product-summary";

/** What the application puts around every card: features own these parts, the card only has the places. */
export type CardSurroundings = {
  Actions: ComponentType<{ product: ProductSummary }>;
  /** A pointer rests on a card or the focus reaches it: the page behind it may be fetched. */
  onIntent: (productId: string) => void;
};

const none: CardSurroundings = { Actions: () => null, onIntent: () => {} };

export const CardSurroundingsContext = createContext<CardSurroundings>(none);

export function useCardSurroundings(): CardSurroundings {
  return use(CardSurroundingsContext);
}
