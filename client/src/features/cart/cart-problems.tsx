import type { CartProblem } from "@/api/generated";
import { formatMoney, type Money } from "@/lib/money";
import { compareMoney, subtractMoney } from "@/lib/money-sums";

function priceSentence(was: Money, now: Money): string {
  if (compareMoney(now, was) < 0)
    return `Price fell ${formatMoney(subtractMoney(was, now))} since you added it.`;
  return `Price rose ${formatMoney(subtractMoney(now, was))} since you added it.`;
}

export function problemSentence(problem: CartProblem): string {
  switch (problem.code) {
    case "price_changed":
      return problem.was && problem.now ? priceSentence(problem.was, problem.now) : problem.detail;
    case "stock_short":
      return problem.available == null ? problem.detail : `Only ${String(problem.available)} left.`;
    case "out_of_stock":
      return "Sold since you added it.";
    case "withdrawn":
      return "No longer offered by the store.";
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
