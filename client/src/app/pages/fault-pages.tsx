import { paths } from "@/lib/paths";
import { Button } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";

function Fault() {
  return (
    <div className="page py-12">
      <p className="font-mono text-14 text-ink-2">500</p>
      <PageTitle className="mt-2 text-48" title="Something slipped">
        Something slipped
      </PageTitle>
      <p className="mt-4 max-w-[50ch] text-18 text-ink-2">
        This page could not be shown. Your cart and favorites are safe. Loading it again often helps.
      </p>
      <div className="mt-8 flex flex-wrap items-center gap-6">
        <Button onClick={() => globalThis.location.reload()}>Load again</Button>
        <a className="link" href={paths.home}>
          Home
        </a>
      </div>
    </div>
  );
}

/** A page that failed, inside the frame, which still works. */
export function RouteFault() {
  return <Fault />;
}

/** The frame itself failed, or the router did before it was drawn. */
export function RootFault() {
  return (
    <main>
      <Fault />
    </main>
  );
}
