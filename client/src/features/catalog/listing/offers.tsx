import { GRADES } from "@/lib/grades";
import { formatMoneyRange } from "@/lib/money";
import type { ModelGroup } from "./model-groups";

function countOf({ offers }: ModelGroup): string {
  const grades = GRADES.filter((grade) => offers.some((offer) => offer.condition === grade.condition));
  return grades.length === 1
    ? `${String(offers.length)} × ${grades[0]?.label.toLowerCase() ?? ""}`
    : `${String(grades.length)} grades`;
}

/** The grades and the prices behind one card of a model. */
export function Offers({ model }: { model: ModelGroup }) {
  const [cheapest, dearest] = [model.offers[0], model.offers.at(-1)];
  if (cheapest === undefined || dearest === undefined) return null;
  const grades = GRADES.filter((grade) => model.offers.some((offer) => offer.condition === grade.condition));
  return (
    <span className="flex w-full flex-wrap items-baseline justify-between gap-x-3">
      <span>
        {countOf(model)}
        {grades.length > 1 && (
          <span className="sr-only">: {grades.map((grade) => grade.label.toLowerCase()).join(", ")}</span>
        )}
      </span>
      <span className="price text-16 text-ink">{formatMoneyRange(cheapest.price, dearest.price)}</span>
    </span>
  );
}
