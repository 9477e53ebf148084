import type { Product } from "@/api/generated";
import { formatMoney } from "@/lib/money";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/link";
import { PageTitle } from "@/ui/page-title";
import { GradeCompare } from "./grade-compare";
import type { ReactNode } from "react";
import { say, sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { categoryName } from "@/lib/words/names";

function stockSentence(product: Product): string {
  if (!product.inStock) return words.card.sold;
  if (product.stock === 1) return words.card.lastOne;
  return sayCount(words.product.inStock, product.stock);
}

/** Name, price, grades; the actions come from the features that own them. */
export function ProductFacts({ product, actions }: { product: Product; actions: ReactNode }) {
  return (
    <div className="grid content-start gap-6">
      <div>
        <p className="text-14 text-ink-2">
          <Link className="link" to={paths.products({ category: [product.category.slug] })}>
            {categoryName(product.category)}
          </Link>
          <span aria-hidden="true"> / </span>
          <Link className="link" to={paths.products({ brand: [product.brand.slug] })}>
            {product.brand.name}
          </Link>
        </p>
        <PageTitle className="mt-2 text-36 lg:text-48" title={product.title}>
          {product.title}
        </PageTitle>
        <p className="mt-2 text-ink-2">{say(words.product.soldBy, { store: product.store.name })}</p>
      </div>
      <p className="flex flex-wrap items-baseline gap-x-4">
        <span className="price text-48 leading-none">{formatMoney(product.price)}</span>
        <span className={product.stock <= 1 ? "font-semibold text-warn" : "text-good"}>
          {stockSentence(product)}
        </span>
      </p>
      <GradeCompare product={product} />
      <div className="flex flex-wrap items-center gap-3">{actions}</div>
    </div>
  );
}
