import { ProductListing } from "@/features/catalog/listing/listing";
import { RegionBoundary } from "@/ui/region-boundary";

export function ProductsPage() {
  return (
    <RegionBoundary label="The listing">
      <ProductListing />
    </RegionBoundary>
  );
}
