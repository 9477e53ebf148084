import type { CartProblem } from "@/api/generated";
import { formatMoney, type Money } from "@/lib/money";
import { compareMoney, subtractMoney } from "@/lib/money-sums";
import { say, sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

function priceSentence(was: Money, now: Money): string {
  if (compareMoney(now, was) < 0)
    return say(words.cart.fell, { amount: formatMoney(subtractMoney(was, now)) });
  return say(words.cart.rose, { amount: formatMoney(subtractMoney(now, was)) });
}

export function problemSentence(problem: CartProblem): string {
  switch (problem.code) {
    case "price_changed":
      return problem.was && problem.now ? priceSentence(problem.was, problem.now) : problem.detail;
    case "stock_short":
      return problem.available == null ? problem.detail : sayCount(words.cart.left, problem.available);
    case "out_of_stock":
      return words.cart.soldSince;
    case "withdrawn":
      return words.cart.withdrawn;
    default:
      return problem.detail;
  }
}

/** What changed about a line since it was added, in words next to that line. */
export function LineProblems({ problems }: { problems: CartProblem[] }) {
  return problems.map((problem) => (
    <p key={problem.code} className="text-14 font-semibold text-warn">
      {problemSentence(problem)}
    </p>
  ));
}
