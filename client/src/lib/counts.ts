import { sayCount } from "./words/say";
import { words } from "./words/words";

export function countOfListings(count: number): string {
  return sayCount(words.listing.listings, count);
}
