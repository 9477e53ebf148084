import { useEffect, useState, type ReactNode } from "react";
import { failureOf } from "@/api/failure";
import { announcer } from "@/lib/announcer";
import { countOfListings } from "@/lib/counts";
import { activeFilters } from "@/lib/filter-changes";
import type { Filters } from "@/lib/filters";
import { Button } from "@/ui/button";
import { Drawer } from "@/ui/drawer";
import { Icon } from "@/ui/icon";
import { PageTitle } from "@/ui/page-title";
import { CardSkeletons, LineSkeletons } from "@/ui/skeletons";
import { ErrorState } from "@/ui/states";
import { FilterChips } from "./filter-chips";
import { FilterPanel } from "./filter-panel";
import { PAGE_SIZE } from "./listing-query";
import { PANEL_LINES } from "./listing-skeleton";
import { groupByModel } from "./model-groups";
import { GRID, ProductGrid } from "./product-grid";
import { PartialNote } from "./partial-note";
import { RepairNote } from "./repair-note";
import { SortSelect } from "./sort-select";
import { facetLabel, useFilters, useListing } from "./use-listing";
import { ZeroResults } from "./zero-results";
import { say, sayCount } from "@/lib/words/say";
import { words } from "@/lib/words/words";

type Listing = ReturnType<typeof useListing>;

function titleOf(filters: Filters, listing: Listing): string {
  if (filters.q !== "") return say(words.listing.searched, { words: filters.q });
  const [only, ...others] = filters.category;
  if (only === undefined || others.length > 0) return words.shell.everything;
  const label = facetLabel(listing.facets, "category", only);
  return label === only ? only.charAt(0).toUpperCase() + only.slice(1).replace("-", " ") : label;
}

function counted(total: number | undefined): string {
  return total === undefined ? "\u00a0" : countOfListings(total);
}

/** How many listings the cards stand for, and the next ones. */
function More({ listing, cards }: { listing: Listing; cards: number }) {
  const { total, hasNextPage, isFetchingNextPage, fetchNextPage } = listing;
  const shown = listing.pages.flat().length;
  const isWhole = !hasNextPage || total === undefined;
  if (isWhole && shown === cards) return null;
  const left = total === undefined ? PAGE_SIZE : Math.min(PAGE_SIZE, total - shown);
  return (
    <div className="mt-12 grid justify-items-center gap-3">
      <p className="text-14 text-ink-2">
        {isWhole ? counted(shown) : sayCount(words.listing.shown, total, { shown })}
        {shown > cards && sayCount(words.listing.onCards, cards)}
      </p>
      {hasNextPage && (
        <Button look="plain" isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {sayCount(words.listing.showMore, left > 0 ? left : PAGE_SIZE)}
        </Button>
      )}
    </div>
  );
}

/** A new arrangement, or another note above it, is a new grid: cards that were moved would count as a jumping page. */
function arrangementOf({ pages, note }: Pick<Listing, "pages" | "note">): string {
  return JSON.stringify([note, pages[0]?.map((item) => item.id)]);
}

function Results({ listing, filters }: { listing: Listing; filters: Filters }) {
  const { data, error, pages, note, isStale, refetch } = listing;
  if (data === undefined) {
    if (error !== undefined) return <ErrorState failure={failureOf(error)} onRetry={() => void refetch()} />;
    return <CardSkeletons count={PAGE_SIZE / 2} className={GRID} />;
  }
  const models = groupByModel(pages);
  if (models.length === 0) return <ZeroResults filters={filters} facets={listing.facets} note={note} />;
  return (
    <>
      <RepairNote note={note} filters={filters} />
      <PartialNote note={note} filters={filters} facets={listing.facets} />
      <ProductGrid key={arrangementOf(listing)} models={models} isStale={isStale} />
      <More listing={listing} cards={models.length} />
      {error !== undefined && <ErrorState failure={failureOf(error)} onRetry={() => void refetch()} />}
    </>
  );
}

/** The listing, and below its results what may come next. */
export function ProductListing({ next }: { next?: ReactNode }) {
  const { filters, truth, change } = useFilters();
  const listing = useListing(truth);
  const [isPanelOpen, setIsPanelOpen] = useState(false);
  const { total, isStale } = listing;
  const chosenCount = activeFilters(filters).length;

  useEffect(() => {
    if (total !== undefined && !isStale) announcer.announce(sayCount(words.listing.spoken, total));
  }, [total, isStale]);

  // Without the facets the groups would be pushed apart one by one when they arrive.
  const panel =
    listing.facets.length === 0 ? (
      <LineSkeletons widths={PANEL_LINES} />
    ) : (
      <FilterPanel filters={filters} facets={listing.facets} onChange={change} />
    );
  return (
    <div className="page py-8 md:py-12">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <PageTitle>{titleOf(truth, listing)}</PageTitle>
        <p className="text-18 text-ink-2">{counted(total)}</p>
      </div>
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-12 md:mt-8 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <aside aria-label={words.listing.filters} className="hidden lg:block">
          {panel}
        </aside>
        <div>
          <div className="mb-6 flex min-h-11 flex-wrap items-center justify-between gap-3 border-t border-line pt-4">
            <span className="lg:hidden">
              <Button look="plain" onClick={() => setIsPanelOpen(true)}>
                <Icon name="filters" size={18} />
                {chosenCount === 0
                  ? words.listing.filters
                  : say(words.listing.filtersChosen, { count: chosenCount })}
              </Button>
            </span>
            <span className="order-last w-full lg:order-none lg:w-auto">
              <FilterChips filters={filters} facets={listing.facets} onChange={change} />
            </span>
            <span className="ms-auto">
              <SortSelect filters={filters} onChange={change} />
            </span>
          </div>
          <Results listing={listing} filters={truth} />
        </div>
      </div>
      {listing.data !== undefined && (
        <div key={`${arrangementOf(listing)} ${String(listing.pages.length)}`} className="mt-16 empty:hidden">
          {next}
        </div>
      )}
      <Drawer
        title={words.listing.filters}
        side="start"
        isOpen={isPanelOpen}
        onClose={() => setIsPanelOpen(false)}
        footer={
          <Button isWide onClick={() => setIsPanelOpen(false)}>
            {sayCount(words.listing.showFound, total ?? 0)}
          </Button>
        }
      >
        {panel}
      </Drawer>
    </div>
  );
}
