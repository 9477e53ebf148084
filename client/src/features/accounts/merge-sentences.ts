import type { MergeReport } from "@/api/generated";
import { sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** One sentence per thing that moved; nothing for a report in which nothing did. */
export function mergeSentences(report: MergeReport): string[] {
  const { added, combined, reduced, favorites } = words.merge;
  const sentences = report.added.map(({ title, quantity }) => sayCount(added, quantity, { title }));
  for (const { title, quantity } of report.combined) sentences.push(sayCount(combined, quantity, { title }));
  for (const { title, quantity, wanted } of report.reduced) {
    sentences.push(sayCount(reduced, quantity, { title, wanted }));
  }
  if (report.favoritesAdded > 0) sentences.push(sayCount(favorites, report.favoritesAdded));
  return sentences;
}
