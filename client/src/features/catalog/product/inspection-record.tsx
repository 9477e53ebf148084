import type { Product } from "@/api/generated";
import { asWritten } from "@/lib/words/names";
import { words } from "@/lib/words/words";

type Wear = Product["wear"];

/** What the store wrote; where it wrote nothing, the kind and the place. */
export function wearSentence({ kind, place, detail }: Wear[number]): string {
  const text = detail === "" ? `${kind}, ${place}` : detail;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Every recorded mark of this unit, under the number that it has on the drawing. */
export function InspectionRecord({ wear }: { wear: Wear }) {
  return (
    <section aria-labelledby="inspection-title">
      <h2 id="inspection-title" className="text-22">
        {words.product.record}
      </h2>
      {wear.length === 0 ? (
        <p className="mt-3 max-w-[66ch] text-ink-2">{words.product.noMarks}</p>
      ) : (
        <ol className="mt-3">
          {wear.map((mark, index) => (
            <li
              key={`${mark.kind} ${mark.place} ${mark.detail}`}
              className="flex items-baseline gap-4 border-t border-line py-2.5"
            >
              <span className="wear-number" aria-hidden="true">
                {index + 1}
              </span>
              <span {...asWritten(wearSentence(mark))}>{wearSentence(mark)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
