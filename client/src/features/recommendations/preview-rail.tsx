import { railTitle } from "./reasons";
import { RailSkeleton, SlateRail } from "./slate-rail";
import { useHomeSlate } from "./use-home-slate";
import { words } from "@/lib/words/words";

/** The shelf that the home page would begin with just now: what every change on this page leads to. */
export function PreviewRail() {
  const { data, isError } = useHomeSlate();
  // What one was looking at says nothing about what the shop makes of it.
  const rail = data?.rails.find(({ id, items }) => id !== "continue" && items.length > 0);
  if (data === undefined && !isError) return <RailSkeleton />;
  if (data === undefined || rail === undefined) return null;
  const { slateId, personalised } = data;
  return (
    <SlateRail
      title={words.rails.preview}
      slate={{ ...rail, slateId, personalised }}
      otherwise={railTitle(rail)}
    />
  );
}
