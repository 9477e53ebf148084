import { ProductListing } from "@/features/catalog/listing/listing";
import { ListingSkeleton } from "@/features/catalog/listing/listing-skeleton";
import { useIsHydrated } from "@/lib/use-is-hydrated";
import { RegionBoundary } from "@/ui/region-boundary";

export function ProductsPage() {
  // The frame is the same for every address of the listing.
  if (!useIsHydrated()) return <ListingSkeleton />;
  return (
    <RegionBoundary label="The listing">
      <ProductListing />
    </RegionBoundary>
  );
}
