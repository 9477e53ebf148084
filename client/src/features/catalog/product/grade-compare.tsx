import type { Grade, Product } from "@/api/generated";
import { GRADES, gradeOf } from "@/lib/grades";
import { formatMoney } from "@/lib/money";
import { compareMoney, subtractMoney } from "@/lib/money-sums";
import { paths } from "@/lib/paths";
import { GradeMark } from "@/ui/grade-mark";
import { Link } from "@/ui/link";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** Worst first, so that the price rises from left to right; only grades that can be had, and this one. */
export function gradesInOrder(product: Pick<Product, "id" | "grades">): Grade[] {
  return GRADES.toReversed().flatMap(({ condition }) => {
    const grade = product.grades.find((known) => known.condition === condition);
    return grade !== undefined && (grade.stock > 0 || grade.id === product.id) ? [grade] : [];
  });
}

/** "€46 less than excellent": against the nearest better grade that can be had. */
export function gradeSentence(product: Product): string | undefined {
  const grades = gradesInOrder(product);
  const own = grades.findIndex((grade) => grade.condition === product.condition);
  const better = grades[own + 1];
  if (own < 0 || better?.price.currency !== product.price.currency) return undefined;
  if (compareMoney(better.price, product.price) <= 0) return undefined;
  const saved = formatMoney(subtractMoney(better.price, product.price));
  return say(words.product.less, { price: saved, grade: gradeOf(better.condition).inText });
}

export function GradeCompare({ product }: { product: Product }) {
  const grades = gradesInOrder(product);
  const sentence = gradeSentence(product);
  return (
    <section aria-labelledby="grades-title">
      <h2 id="grades-title" className="text-16">
        {words.product.condition}
      </h2>
      <ul className="mt-2 flex flex-wrap gap-2">
        {grades.map((grade) => {
          const isOwn = grade.condition === product.condition;
          return (
            <li key={grade.condition} className="min-w-28">
              <Link
                to={paths.product(grade.id)}
                replace
                preventScrollReset
                aria-current={isOwn ? "true" : undefined}
                className={`choice block rounded-field border px-3 py-2 ${isOwn ? "border-ink bg-surface shadow-[inset_0_0_0_1px_var(--ink)]" : "border-line-strong hover:border-ink"}`}
              >
                <span className="block text-14">
                  <GradeMark condition={grade.condition} />
                </span>
                <span className="price text-18">{formatMoney(isOwn ? product.price : grade.price)}</span>
              </Link>
            </li>
          );
        })}
      </ul>
      <p className="mt-2 text-14 text-ink-2">
        {gradeOf(product.condition).meaning} {sentence}
      </p>
    </section>
  );
}
