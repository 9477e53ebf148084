import { useLayoutEffect, useRef, type ReactNode } from "react";
import { failureOf } from "@/api/failure";
import type { Profile } from "@/api/generated";
import { profileApi } from "@/api/profile-api";
import { LineSkeletons } from "@/ui/skeletons";
import { ErrorState } from "@/ui/states";
import { Exclusions } from "./exclusions";
import { Forgetting } from "./forgetting";
import { Signals } from "./signals";
import { Switches } from "./switches";
import { TastesFound } from "./tastes-found";
import { pageWords } from "@/lib/words/words";

function stateOf(profile: Profile): { title: string; text: string } {
  const said = pageWords.profile;
  if (profile.doNotTrack) return { title: said.notFollowed, text: said.notFollowedText };
  if (profile.sameForEveryone) return { title: said.same, text: said.sameText };
  if (profile.personalised) return { title: said.arranged, text: said.arrangedText };
  return { title: said.nothing, text: said.nothingText };
}

/** The page moves when the shopper changes something, and says so to whoever measures unwanted movement. */
function useMarkedChanges(data: unknown): void {
  const last = useRef(data);
  useLayoutEffect(() => {
    if (last.current !== undefined && last.current !== data) performance.mark("rearranged");
    last.current = data;
  }, [data]);
}

/** All that the shop keeps of this shopper, with every way to change it; the preview shows what follows. */
export function Mirror({ preview }: { preview: ReactNode }) {
  const query = profileApi.useReadProfileInfiniteQuery();
  useMarkedChanges(query.data);
  const pages = query.data?.pages;
  const profile = pages?.[0];
  if (pages === undefined || profile === undefined) {
    if (query.error !== undefined) {
      return <ErrorState failure={failureOf(query.error)} onRetry={() => void query.refetch()} />;
    }
    return <LineSkeletons widths={["w-2/3", "w-1/2", "w-3/5"]} />;
  }
  const state = stateOf(profile);
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-12">
      <section aria-labelledby="ranking-state">
        {profile.personalised && <div className="nape mb-4 max-w-xs" />}
        <h2 id="ranking-state" className="text-22">
          {state.title}
        </h2>
        <p className="mt-2 max-w-[66ch] text-ink-2">{state.text}</p>
        <Switches profile={profile} />
      </section>
      {preview}
      <TastesFound tastes={profile.tastes} />
      <Exclusions exclusions={profile.exclusions} />
      <Signals
        signals={pages.flatMap(({ items }) => items)}
        impressions={profile.counts["impression"] ?? 0}
        onOlder={query.hasNextPage ? () => void query.fetchNextPage() : undefined}
        isBusy={query.isFetchingNextPage}
      />
      <Forgetting />
    </div>
  );
}
