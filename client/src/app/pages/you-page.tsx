import { WhatWeKnow } from "@/features/profile/what-we-know";
import { SessionRail } from "@/features/recommendations/session-rail";
import { PageTitle } from "@/ui/page-title";
import { RegionBoundary } from "@/ui/region-boundary";

export function YouPage() {
  return (
    <div className="page grid grid-cols-[minmax(0,1fr)] gap-10 py-8 md:py-12">
      <PageTitle>What we know about you</PageTitle>
      <RegionBoundary label="The summary">
        <WhatWeKnow />
      </RegionBoundary>
      <RegionBoundary label="The shelf">
        <SessionRail title="What this visit suggests" />
      </RegionBoundary>
    </div>
  );
}
