export type Condition = "new" | "excellent" | "good" | "fair";

/** Best first. `seenFrom` is the distance at which a mark shows, which is what the grade means. */
export const GRADES = [
  { condition: "new", label: "New", ticks: 4, meaning: "Unused, in its box." },
  { condition: "excellent", label: "Excellent", ticks: 3, meaning: "No mark shows from 20 cm." },
  { condition: "good", label: "Good", ticks: 2, meaning: "Small marks show from 20 cm, none from 50 cm." },
  { condition: "fair", label: "Fair", ticks: 1, meaning: "Marks show from 50 cm. Everything works." },
] as const satisfies readonly { condition: Condition; label: string; ticks: number; meaning: string }[];

export function gradeOf(condition: Condition): (typeof GRADES)[number] {
  return GRADES.find((grade) => grade.condition === condition) ?? GRADES[2];
}
