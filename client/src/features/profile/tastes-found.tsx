import type { Taste, Tastes } from "@/api/generated";
import { formatMoney } from "@/lib/money";

function Bars({ title, tastes }: { title: string; tastes: Taste[] }) {
  return (
    <div>
      <h3 className="text-18">{title}</h3>
      <ul className="mt-3 grid gap-3">
        {tastes.map(({ slug, name, strength }) => {
          const percent = Math.max(1, Math.round(strength * 100));
          return (
            <li key={slug}>
              <span className="flex justify-between gap-4">
                <span>{name}</span>
                <span className="text-ink-2">{percent} %</span>
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
        What we make of it
      </h2>
      <div className="mt-4 grid max-w-3xl gap-8 sm:grid-cols-2">
        <Bars title="Kinds" tastes={tastes.categories} />
        <Bars title="Makers" tastes={tastes.brands} />
      </div>
      {price !== null && (
        <p className="mt-6 max-w-[66ch] text-ink-2">
          Prices: mostly from {formatMoney(price.low)} to {formatMoney(price.high)}, about{" "}
          {formatMoney(price.middle)}.
        </p>
      )}
    </section>
  );
}
