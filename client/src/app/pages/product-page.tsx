import { useEffect } from "react";
import { useParams } from "react-router";
import { failureOf } from "@/api/failure";
import type { Product } from "@/api/generated";
import { shopApi } from "@/api/shop-api";
import { AddToCart } from "@/features/cart/add-to-cart";
import { ProductBench } from "@/features/catalog/product/product-bench";
import { ProductDetails } from "@/features/catalog/product/product-details";
import { ProductFacts } from "@/features/catalog/product/product-facts";
import { ProductSkeleton } from "@/features/catalog/product/product-skeleton";
import { SaveButtonWide } from "@/features/favorites/save-button";
import { NextRail } from "@/features/recommendations/next-rail";
import { SimilarRail } from "@/features/recommendations/similar-rail";
import { useTracking } from "@/lib/tracking/tracking-context";
import { RegionBoundary } from "@/ui/region-boundary";
import { ErrorState } from "@/ui/states";
import { NotFoundPage } from "./not-found-page";
import { words } from "@/lib/words/words";

/** A view is a product page that was shown with its product, once per visit of the page. */
function useView(productId: string | undefined) {
  const { view } = useTracking();
  useEffect(() => {
    if (productId === undefined) return undefined;
    // Strict mode mounts twice in development; the second mount must not count.
    const timer = setTimeout(() => void view(productId), 0);
    return () => clearTimeout(timer);
  }, [productId, view]);
}

function Similar({ product }: { product: Product }) {
  return (
    <RegionBoundary fault={words.regions.shelf}>
      <SimilarRail productId={product.id} isSoldOut={!product.inStock} />
    </RegionBoundary>
  );
}

/** Where the last unit is gone, what to take instead comes before what it was. */
function ProductContent({ product }: { product: Product }) {
  useView(product.id);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-14 md:gap-18">
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[1.15fr_1fr]">
        <RegionBoundary fault={words.regions.picture}>
          <ProductBench product={product} />
        </RegionBoundary>
        <ProductFacts
          product={product}
          actions={
            <>
              <AddToCart product={product} />
              <SaveButtonWide product={product} />
            </>
          }
        />
      </div>
      {!product.inStock && <Similar product={product} />}
      <RegionBoundary fault={words.regions.details}>
        <ProductDetails product={product} />
      </RegionBoundary>
      {product.inStock && <Similar product={product} />}
      <NextRail key={product.id} without={product.id} />
    </div>
  );
}

export function ProductPage() {
  const { id = "" } = useParams();
  const { currentData, error, refetch } = shopApi.useGetProductQuery({ productId: id });
  if (currentData === undefined && error !== undefined) {
    const failure = failureOf(error);
    if (failure.status === 404) return <NotFoundPage />;
    return (
      <div className="page py-8">
        <ErrorState failure={failure} onRetry={() => void refetch()} />
      </div>
    );
  }
  return (
    <div className="page py-6 md:py-10">
      {currentData === undefined ? <ProductSkeleton /> : <ProductContent product={currentData} />}
    </div>
  );
}
