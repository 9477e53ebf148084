import type { Product } from "@/api/generated";
import { gradeOf } from "@/lib/grades";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

const EIGHTHS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The recorded marks on the drawing; the same are listed in words under "Inspection record". */
function WearMarks({ wear }: { wear: Product["wear"] }) {
  return (
    // The marks lie on a drawing, which is the same from either side.
    <span className="wear-map" dir="ltr" aria-hidden="true">
      {wear.map((mark, index) =>
        mark.x == null || mark.y == null ? null : (
          <span
            key={`${mark.kind} ${mark.place} ${mark.detail}`}
            className="wear-mark"
            style={{ insetInlineStart: `${String(mark.x * 100)}%`, top: `${String(mark.y * 100)}%` }}
          >
            <span className="wear-number">{index + 1}</span>
          </span>
        ),
      )}
    </span>
  );
}

/** The large view: the device on a cutting mat, corner ticks, the mat's numbers and the marks of this unit. */
export function ProductBench({ product }: { product: Product }) {
  return (
    <div data-swatch={product.category.slug} className="swatch">
      <i className="bench-tick" aria-hidden="true" />
      <i className="bench-tick" aria-hidden="true" />
      <i className="bench-tick" aria-hidden="true" />
      <i className="bench-tick" aria-hidden="true" />
      <span className="bench-scale" aria-hidden="true">
        {EIGHTHS.map((eighth) => (
          <span key={eighth}>{eighth}</span>
        ))}
      </span>
      <img
        src={product.imageUrl}
        alt={say(words.product.drawn, { title: product.title, grade: gradeOf(product.condition).inText })}
        width={640}
        height={640}
        fetchPriority="high"
      />
      <WearMarks wear={product.wear} />
    </div>
  );
}
