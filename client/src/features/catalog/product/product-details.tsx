import type { Product } from "@/api/generated";
import { InspectionRecord } from "./inspection-record";
import { Specifications } from "./specifications";
import { formatDate, say, sayCount } from "@/lib/words/say";
import { asWritten } from "@/lib/words/names";
import { words } from "@/lib/words/words";

export function ProductDetails({ product }: { product: Product }) {
  return (
    <div className="grid gap-x-12 gap-y-12 lg:grid-cols-[1.15fr_1fr]">
      <div className="grid content-start gap-12">
        {product.description !== "" && (
          <section aria-labelledby="about-title">
            <h2 id="about-title" className="text-22">
              {words.product.about}
            </h2>
            <p {...asWritten(product.description)} className="mt-3 max-w-[66ch] whitespace-pre-line">
              {product.description}
            </p>
            <p className="mt-3 text-14 text-ink-2">
              {say(words.product.listed, { date: formatDate(product.listedAt, "long") })} ·{" "}
              {sayCount(words.product.seen, product.viewsCount)}
            </p>
          </section>
        )}
        <InspectionRecord wear={product.wear} />
      </div>
      <Specifications attributes={product.attributes} />
    </div>
  );
}
