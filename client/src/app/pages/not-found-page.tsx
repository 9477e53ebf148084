import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";
import { Swatch } from "@/ui/swatch";

export function NotFoundPage() {
  return (
    <div className="page grid items-center gap-12 py-12 md:grid-cols-[1.15fr_1fr]">
      <div>
        <p className="font-mono text-14 text-ink-2">404</p>
        <PageTitle className="mt-2 text-48" title="Not on the bench">
          Not on the bench
        </PageTitle>
        <p className="mt-4 max-w-[44ch] text-18 text-ink-2">
          There is nothing at this address. It may have been sold and taken down, or the address has a slip in
          it.
        </p>
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink to={paths.products()}>See everything</ButtonLink>
          <ButtonLink to={paths.home} look="plain">
            Home
          </ButtonLink>
        </div>
      </div>
      <div aria-hidden="true" className="hidden max-w-sm md:block">
        <Swatch hue="phones" />
      </div>
    </div>
  );
}
