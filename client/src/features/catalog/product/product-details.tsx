import type { Product } from "@/api/generated";
import { formatCount } from "@/lib/counts";
import { InspectionRecord } from "./inspection-record";
import { Specifications } from "./specifications";

const dates = new Intl.DateTimeFormat("en", { dateStyle: "long" });

export function ProductDetails({ product }: { product: Product }) {
  return (
    <div className="grid gap-x-12 gap-y-12 lg:grid-cols-[1.15fr_1fr]">
      <div className="grid content-start gap-12">
        {product.description !== "" && (
          <section aria-labelledby="about-title">
            <h2 id="about-title" className="text-22">
              About this one
            </h2>
            <p className="mt-3 max-w-[66ch] whitespace-pre-line">{product.description}</p>
            <p className="mt-3 text-14 text-ink-2">
              Listed on {dates.format(new Date(product.listedAt))} · seen {formatCount(product.viewsCount)}{" "}
              {product.viewsCount === 1 ? "time" : "times"}
            </p>
          </section>
        )}
        <InspectionRecord wear={product.wear} />
      </div>
      <Specifications attributes={product.attributes} />
    </div>
  );
}
