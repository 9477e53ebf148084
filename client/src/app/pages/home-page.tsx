import { HomeRails } from "@/features/recommendations/home-rails";
import { HomeMosaic } from "@/features/recommendations/home-mosaic";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";
import { RegionBoundary } from "@/ui/region-boundary";
import { words } from "@/lib/words/words";

export function HomePage() {
  return (
    <div className="page">
      <title>{words.home.title}</title>
      <div className="grid items-center gap-x-8 gap-y-8 py-8 md:grid-cols-[1.15fr_1fr] md:py-14 lg:gap-x-12">
        <div>
          <PageTitle className="text-hero leading-[0.98]! tracking-[-0.035em]!">
            {words.home.heroFirst}
            <br />
            {words.home.heroSecond}
          </PageTitle>
          <p className="mt-6 max-w-[44ch] text-18 text-ink-2">{words.home.intro}</p>
          <div className="mt-8 flex flex-wrap items-center gap-x-6 gap-y-3">
            <ButtonLink to={paths.products()}>{words.shell.seeEverything}</ButtonLink>
            <ButtonLink to={paths.you} look="plain">
              {words.shell.you}
            </ButtonLink>
          </div>
        </div>
        <RegionBoundary fault={words.regions.picture}>
          <HomeMosaic />
        </RegionBoundary>
      </div>
      <RegionBoundary fault={words.regions.shelves}>
        <HomeRails />
      </RegionBoundary>
    </div>
  );
}
