import { words } from "./words/words";

export type Condition = "new" | "excellent" | "good" | "fair";

/** Best first. */
export const GRADES = [
  { condition: "new", ticks: 4 },
  { condition: "excellent", ticks: 3 },
  { condition: "good", ticks: 2 },
  { condition: "fair", ticks: 1 },
] as const satisfies readonly { condition: Condition; ticks: number }[];

/** How many of the four ticks a grade has, and its words: its meaning is the distance at which a mark shows. */
export function gradeOf(condition: Condition) {
  const { ticks } = GRADES.find((grade) => grade.condition === condition) ?? GRADES[2];
  return { ticks, ...words.grades[condition] };
}
