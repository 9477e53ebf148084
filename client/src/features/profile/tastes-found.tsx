import type { Taste, Tastes } from "@/api/generated";
import { formatMoney } from "@/lib/money";
import { formatPercent, say } from "@/lib/words/say";
import { pageWords } from "@/lib/words/words";
import { categoryName } from "@/lib/words/names";

type Named = { slug: string; name: string };
type BarsProps = { title: string; tastes: Taste[]; nameOf: (named: Named) => string };

function Bars({ title, tastes, nameOf }: BarsProps) {
  return (
    <div>
      <h3 className="text-18">{title}</h3>
      <ul className="mt-3 grid gap-3">
        {tastes.map(({ slug, name, strength }) => {
          const percent = Math.max(1, Math.round(strength * 100));
          return (
            <li key={slug}>
              <span className="flex justify-between gap-4">
                <span>{nameOf({ slug, name })}</span>
                <span className="text-ink-2">{formatPercent(percent)}</span>
              </span>
              <span aria-hidden="true" className="mt-1 block h-1.5 rounded-full bg-wash">
                <span
                  className="block h-full rounded-full bg-action"
                  style={{ inlineSize: `${String(percent)}%` }}
                />
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

/** What was made of the signals: their weights as they count today, added up. */
export function TastesFound({ tastes }: { tastes: Tastes }) {
  if (tastes.categories.length === 0) return null;
  const { price } = tastes;
  return (
    <section aria-labelledby="tastes">
      <h2 id="tastes" className="text-22">
        {pageWords.tastes.title}
      </h2>
      <div className="mt-4 grid max-w-3xl gap-8 sm:grid-cols-2">
        <Bars title={pageWords.tastes.kinds} tastes={tastes.categories} nameOf={categoryName} />
        <Bars title={pageWords.tastes.makers} tastes={tastes.brands} nameOf={({ name }) => name} />
      </div>
      {price !== null && (
        <p className="mt-6 max-w-[66ch] text-ink-2">
          {say(pageWords.tastes.prices, {
            low: formatMoney(price.low),
            high: formatMoney(price.high),
            middle: formatMoney(price.middle),
          })}
        </p>
      )}
    </section>
  );
}
