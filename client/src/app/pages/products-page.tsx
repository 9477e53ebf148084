import { ProductListing } from "@/features/catalog/listing/listing";
import { ListingSkeleton } from "@/features/catalog/listing/listing-skeleton";
import { NextRail } from "@/features/recommendations/next-rail";
import { useIsHydrated } from "@/lib/use-is-hydrated";
import { RegionBoundary } from "@/ui/region-boundary";
import { words } from "@/lib/words/words";

export function ProductsPage() {
  // The frame is the same for every address of the listing.
  if (!useIsHydrated()) return <ListingSkeleton />;
  return (
    <RegionBoundary fault={words.regions.listing}>
      <ProductListing next={<NextRail />} />
    </RegionBoundary>
  );
}
