import { HomeRails } from "@/features/recommendations/home-rails";
import { HomeMosaic } from "@/features/recommendations/home-mosaic";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";
import { RegionBoundary } from "@/ui/region-boundary";

export function HomePage() {
  return (
    <div className="page">
      <title>Jackdaw: electronics, found again</title>
      <div className="grid items-center gap-x-8 gap-y-8 py-8 md:grid-cols-[1.15fr_1fr] md:py-14 lg:gap-x-12">
        <div>
          <PageTitle className="text-hero leading-[0.98]! tracking-[-0.035em]!">
            Good things,
            <br />
            found again.
          </PageTitle>
          <p className="mt-6 max-w-[44ch] text-18 text-ink-2">
            Second-hand electronics, inspected one by one. Every mark is written down, and every shelf says
            why it looks the way it does.
          </p>
          <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
            <ButtonLink to={paths.products()}>See everything</ButtonLink>
            <ButtonLink to={paths.you} look="plain">
              What we know about you
            </ButtonLink>
          </div>
        </div>
        <RegionBoundary label="The picture">
          <HomeMosaic />
        </RegionBoundary>
      </div>
      <RegionBoundary label="The shelves">
        <HomeRails />
      </RegionBoundary>
    </div>
  );
}
