import { failureOf } from "@/api/failure";
import type { User } from "@/api/generated";
import { countItems } from "@/api/optimistic-cart";
import { FAVORITES_LIMIT, shopApi } from "@/api/shop-api";
import { LineSkeletons } from "@/ui/skeletons";
import { ErrorState } from "@/ui/states";

function plural(count: number, one: string, many: string): string {
  return `${String(count)} ${count === 1 ? one : many}`;
}

/** What the shop holds about this visitor today, in plain words. Absent facts are said to be absent. */
export function WhatWeKnow() {
  const session = shopApi.useGetSessionQuery();
  if (session.data === undefined) {
    if (session.error !== undefined) {
      return <ErrorState failure={failureOf(session.error)} onRetry={() => void session.refetch()} />;
    }
    return <LineSkeletons widths={["w-2/3", "w-1/2", "w-3/5"]} />;
  }
  const { user, personalised } = session.data;
  return (
    <div className="grid gap-10">
      <section aria-labelledby="ranking-state">
        {personalised && <div className="nape mb-4 max-w-xs" />}
        <h2 id="ranking-state" className="text-22">
          {personalised ? "Your shelves are arranged for you" : "Nothing has changed for you yet"}
        </h2>
        <p className="mt-2 max-w-[66ch] text-ink-2">
          {personalised
            ? "What you opened, saved and put into the cart decides the order of the shelves under a shimmering line, and nothing else does."
            : "You see what everyone sees. Open a listing or save one, and the home page rearranges and says why."}
        </p>
      </section>
      <Kept user={user} />
    </div>
  );
}

function Kept({ user }: { user: User | null }) {
  const favorites = shopApi.useListFavoritesQuery({ limit: FAVORITES_LIMIT });
  const cart = shopApi.useGetCartQuery();
  const savedCount = favorites.data?.items.length ?? 0;
  const cartCount = countItems(cart.data);
  const name = user === null ? "A visitor without an account" : `${user.displayName}, ${user.email}`;
  return (
    <section aria-labelledby="held">
      <h2 id="held" className="text-22">
        What is kept
      </h2>
      <dl className="mt-3 grid max-w-2xl grid-cols-[minmax(0,1fr)_minmax(0,2fr)]">
        <Fact label="Who you are" value={name} />
        <Fact label="What you opened" value="The listings and when, for this visit and the next ones" />
        <Fact
          label="Favorites"
          value={savedCount === 0 ? "None" : plural(savedCount, "listing", "listings")}
        />
        <Fact label="Cart" value={cartCount === 0 ? "Empty" : plural(cartCount, "item", "items")} />
        <Fact label="Ties to other sites" value="None. Nothing is bought, sold or sent elsewhere." />
      </dl>
    </section>
  );
}

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <dt className="border-t border-line py-2.5 pe-4 text-ink-2">{label}</dt>
      <dd className="border-t border-line py-2.5">{value}</dd>
    </>
  );
}
