import { shopApi } from "@/api/shop-api";
import { listingQuery } from "@/features/catalog/listing/listing-query";
import { parseFilters } from "@/lib/filters";
import type { Store } from "./store";

/** What the server has asked of the API for this page and this visitor. */
type Entry = { endpoint: string; arg?: unknown; data: unknown };
type Upserts = Parameters<typeof shopApi.util.upsertQueryEntries>[0];

const BLOCK = "#first-data";

function takeEntries(page: Document): Entry[] {
  const block = page.querySelector(BLOCK);
  block?.remove();
  try {
    const entries: unknown = JSON.parse(block?.textContent ?? "[]");
    return Array.isArray(entries) ? (entries as Entry[]) : [];
  } catch {
    return [];
  }
}

function upsertOf({ endpoint, arg, data }: Entry, search: string): unknown {
  if (endpoint !== "browseProducts") return { endpointName: endpoint, arg, value: data };
  // The listing's argument is what the client makes of the address, whatever else stands in it.
  const asked = listingQuery(parseFilters(new URLSearchParams(search)));
  return { endpointName: endpoint, arg: asked, value: { pages: [data], pageParams: [""] } };
}

/** Puts the answers that came with the page where the pages look for them: the first paint asks for nothing more. */
export function takeFirstData(store: Store, page: Document, search: string): void {
  const known = takeEntries(page).filter(({ endpoint }) => endpoint in shopApi.endpoints);
  if (known.length === 0) return;
  const upserts = known.map((entry) => upsertOf(entry, search));
  store.dispatch(shopApi.util.upsertQueryEntries(upserts as Upserts));
}

/** What the server wrote about the first page is wrong about every later one. */
export function dropRouteMarks(page: Document): void {
  for (const mark of page.head.querySelectorAll("[data-route]")) mark.remove();
}
