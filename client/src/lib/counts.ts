const numbers = new Intl.NumberFormat("en");

export function formatCount(count: number): string {
  return numbers.format(count);
}

export function countOfListings(count: number): string {
  return count === 1 ? "1 listing" : `${formatCount(count)} listings`;
}

export function countOfCards(count: number): string {
  return count === 1 ? "1 card" : `${formatCount(count)} cards`;
}
