import type { MergeReport } from "@/api/generated";

function counted(quantity: number, title: string): string {
  return quantity === 1 ? title : `${String(quantity)} × ${title}`;
}

/** One sentence per thing that moved; nothing for a report in which nothing did. */
export function mergeSentences(report: MergeReport): string[] {
  const sentences = report.added.map(
    (line) => `${counted(line.quantity, line.title)} came along to your cart.`,
  );
  for (const line of report.combined) {
    sentences.push(`${line.title} was in both carts: you now have ${String(line.quantity)}.`);
  }
  for (const line of report.reduced) {
    sentences.push(`${line.title}: you wanted ${String(line.wanted)}, ${String(line.quantity)} can be had.`);
  }
  if (report.favoritesAdded > 0) {
    const listings = report.favoritesAdded === 1 ? "listing" : "listings";
    sentences.push(`${String(report.favoritesAdded)} saved ${listings} joined your favorites.`);
  }
  return sentences;
}
