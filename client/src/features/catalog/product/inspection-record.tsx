import type { Product } from "@/api/generated";

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Every recorded mark of this unit, numbered. */
export function InspectionRecord({ wear }: { wear: Product["wear"] }) {
  return (
    <section aria-labelledby="inspection-title">
      <h2 id="inspection-title" className="text-22">
        Inspection record
      </h2>
      {wear.length === 0 ? (
        <p className="mt-3 max-w-[66ch] text-ink-2">No marks were recorded when the store inspected it.</p>
      ) : (
        <ol className="mt-3 grid gap-px">
          {wear.map((mark, index) => (
            <li
              key={`${mark.kind} ${mark.place} ${mark.detail}`}
              className="flex items-baseline gap-4 border-t border-line py-2.5"
            >
              <span className="font-mono text-14 text-ink-2">{index + 1}</span>
              <span>
                <span className="font-semibold">{sentence(mark.kind)}</span>, {mark.place}
                {mark.detail !== "" && <span className="text-ink-2"> · {mark.detail}</span>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
