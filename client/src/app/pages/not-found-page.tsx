import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";
import { Swatch } from "@/ui/swatch";
import { words } from "@/lib/words/words";

export function NotFoundPage() {
  return (
    <div className="page grid items-center gap-12 py-12 md:grid-cols-[1.15fr_1fr]">
      <div>
        <p className="font-mono text-14 text-ink-2">404</p>
        <PageTitle className="mt-2 text-48" title={words.faults.nothingHere}>
          {words.faults.nothingHere}
        </PageTitle>
        <p className="mt-4 max-w-[44ch] text-18 text-ink-2">{words.faults.nothingHereText}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <ButtonLink to={paths.products()}>{words.shell.seeEverything}</ButtonLink>
          <ButtonLink to={paths.home} look="plain">
            {words.faults.home}
          </ButtonLink>
        </div>
      </div>
      <div aria-hidden="true" className="hidden max-w-sm md:block">
        <Swatch hue="phones" />
      </div>
    </div>
  );
}
