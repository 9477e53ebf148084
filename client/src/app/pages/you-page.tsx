import { Mirror } from "@/features/profile/mirror";
import { PreviewRail } from "@/features/recommendations/preview-rail";
import { PageTitle } from "@/ui/page-title";
import { RegionBoundary } from "@/ui/region-boundary";
import { words } from "@/lib/words/words";

export function YouPage() {
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-12 py-8 md:py-12">
      <PageTitle>{words.shell.you}</PageTitle>
      <RegionBoundary fault={words.regions.summary}>
        <Mirror
          preview={
            <RegionBoundary fault={words.regions.shelf}>
              <PreviewRail />
            </RegionBoundary>
          }
        />
      </RegionBoundary>
    </div>
  );
}
