import { GRADES } from "@/lib/grades";
import { formatMoneyRange } from "@/lib/money";
import { listed, say, sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import type { ModelGroup } from "./model-groups";

/** The grades and the prices behind one card of a model. */
export function Offers({ model }: { model: ModelGroup }) {
  const [cheapest, dearest] = [model.offers[0], model.offers.at(-1)];
  if (cheapest === undefined || dearest === undefined) return null;
  const names = GRADES.filter(({ condition }) =>
    model.offers.some((offer) => offer.condition === condition),
  ).map(({ condition }) => words.grades[condition].inText);
  return (
    <span className="flex w-full flex-wrap items-baseline justify-between gap-x-3">
      <span>
        {names.length === 1
          ? say(words.card.ofOneGrade, { count: model.offers.length, grade: names.join() })
          : sayCount(words.card.grades, names.length)}
        {names.length > 1 && <span className="sr-only">: {listed(names, "unit")}</span>}
      </span>
      <span className="price text-16 text-ink">{formatMoneyRange(cheapest.price, dearest.price)}</span>
    </span>
  );
}
