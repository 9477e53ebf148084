import type { Product } from "@/api/generated";
import { gradeOf } from "@/lib/grades";

const EIGHTHS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The large view: the device on a cutting mat, corner ticks and the mat's numbers. */
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
        alt={`${product.title}, drawn from the front, ${gradeOf(product.condition).label.toLowerCase()} condition`}
        width={640}
        height={640}
        fetchPriority="high"
      />
    </div>
  );
}
