import { Mirror } from "@/features/profile/mirror";
import { PreviewRail } from "@/features/recommendations/preview-rail";
import { PageTitle } from "@/ui/page-title";
import { RegionBoundary } from "@/ui/region-boundary";

export function YouPage() {
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-12 py-8 md:py-12">
      <PageTitle>What we know about you</PageTitle>
      <RegionBoundary label="The summary">
        <Mirror
          preview={
            <RegionBoundary label="The shelf">
              <PreviewRail />
            </RegionBoundary>
          }
        />
      </RegionBoundary>
    </div>
  );
}
