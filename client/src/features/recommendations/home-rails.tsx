import { useEffect } from "react";
import { failureOf } from "@/api/failure";
import type { Home, Rail as RailData } from "@/api/generated";
import { announcer } from "@/lib/announcer";
import { ProductCard } from "@/ui/product-card";
import { Rail } from "@/ui/rail";
import { CardSkeletons } from "@/ui/skeletons";
import { EmptyState, ErrorState } from "@/ui/states";
import { NO_CHANGES, rankChanges, type RankChanges } from "./rank-change";
import { besideTitle, cardReason, isLearnedRail, railTitle, sharedReason } from "./reasons";
import { useGliding } from "./use-gliding";
import { useHomeSlate } from "./use-home-slate";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";
import { englishUnless } from "@/lib/words/names";

/** More names than this at once make a transition stutter. */
const MAX_GLIDING = 12;
const RAILS_EXPECTED = 3;

function productIds(rail: RailData | undefined): string[] {
  return rail?.items.map((item) => item.product.id) ?? [];
}

function changesOf(rail: RailData, previous: Home | null): RankChanges {
  const before = previous?.rails.find((other) => other.id === rail.id);
  return before === undefined ? NO_CHANGES : rankChanges(productIds(before), productIds(rail));
}

function HomeRail({
  rail,
  home,
  previous,
  firstIndex,
}: {
  rail: RailData;
  home: Home;
  previous: Home | null;
  firstIndex: number;
}) {
  const shared = sharedReason(rail);
  const title = railTitle(rail);
  const isLearned = isLearnedRail(rail, home.personalised);
  const changes = isLearned ? changesOf(rail, previous) : NO_CHANGES;
  return (
    <Rail title={title} reason={besideTitle(title, shared)} isLearned={isLearned}>
      {rail.items.map((item, index) => (
        <ProductCard
          key={item.product.id}
          product={item.product}
          place={{ slateId: home.slateId, position: item.position }}
          reason={cardReason(item, shared)}
          rankChange={changes.get(item.product.id)}
          glideName={firstIndex + index < MAX_GLIDING ? `card-${rail.id}-${item.product.id}` : undefined}
        />
      ))}
    </Rail>
  );
}

/** The first sentence that says what changed, for those who cannot see the cards glide. */
function sentenceOf(home: Home): string {
  const learned = home.rails.find((rail) => rail.id !== "continue" && isLearnedRail(rail, home.personalised));
  const reason = learned && sharedReason(learned);
  return reason === undefined ? words.home.rearranged : say(words.home.rearrangedBecause, { reason });
}

function Rails({ home }: { home: Home }) {
  const { shown, previous } = useGliding(home);
  useEffect(() => {
    if (previous !== null) announcer.announce(sentenceOf(shown));
  }, [previous, shown]);

  const filled = shown.rails.filter((rail) => rail.items.length > 0);
  if (filled.length === 0) {
    return (
      <EmptyState title={words.home.empty}>
        <p>{words.home.emptyText}</p>
      </EmptyState>
    );
  }
  const starts = filled.map((_, index) =>
    filled.slice(0, index).reduce((sum, rail) => sum + rail.items.length, 0),
  );
  return (
    <>
      <ShelfNote note={shown.note} code={shown.noteCode} />
      {filled.map((rail, index) => (
        <HomeRail
          key={rail.id}
          rail={rail}
          home={shown}
          previous={previous}
          firstIndex={starts[index] ?? MAX_GLIDING}
        />
      ))}
    </>
  );
}

/** Why no model chose the shelves; the server says it in English, and by a code. */
function ShelfNote({ note, code }: { note: string | undefined; code: Home["noteCode"] }) {
  if (note === undefined) return null;
  const said = code && words.shelfNotes[code];
  return (
    <p className="text-ink-2" {...englishUnless(said !== undefined)}>
      {said ?? note}
    </p>
  );
}

function RailSkeletons() {
  return Array.from({ length: RAILS_EXPECTED }, (_, index) => (
    <div key={index}>
      <div className="mb-0.5 h-px bg-line" />
      <div className="mt-5 mb-4 h-9" />
      <CardSkeletons count={6} className="shelf" />
    </div>
  ));
}

export function HomeRails() {
  const { data, error, refetch } = useHomeSlate();
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-12 md:gap-18">
      {data !== undefined && <Rails home={data} />}
      {data === undefined && error !== undefined && (
        <ErrorState failure={failureOf(error)} onRetry={() => void refetch()} />
      )}
      {data === undefined && error === undefined && <RailSkeletons />}
    </div>
  );
}
