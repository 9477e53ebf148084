import { paths } from "@/lib/paths";
import { Button } from "@/ui/button";
import { PageTitle } from "@/ui/page-title";
import { words } from "@/lib/words/words";

function Fault() {
  return (
    <div className="page py-12">
      <p className="font-mono text-14 text-ink-2">500</p>
      <PageTitle className="mt-2 text-48" title={words.faults.slipped}>
        {words.faults.slipped}
      </PageTitle>
      <p className="mt-4 max-w-[50ch] text-18 text-ink-2">{words.faults.slippedText}</p>
      <div className="mt-8 flex flex-wrap items-center gap-6">
        <Button onClick={() => globalThis.location.reload()}>{words.faults.loadAgain}</Button>
        <a className="link" href={paths.home}>
          {words.faults.home}
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
