import { matchRoutes, type HydrationState, type RouteObject } from "react-router";

/** The file of a page, whose code the server announces, and whether the build draws it before it has data. */
export type PageHandle = { file?: string; isFramed?: boolean };

/** Fetches the code of the page at an address, so that it is drawn at once: the router would draw nothing meanwhile. */
export async function withFirstPage(routes: RouteObject[], address: string): Promise<HydrationState> {
  const matched = (matchRoutes(routes, address) ?? []).map(({ route }) => route);
  try {
    await Promise.all(
      matched.map(async (route) => {
        if (typeof route.lazy === "function") Object.assign(route, await route.lazy(), { lazy: undefined });
      }),
    );
  } catch {
    // The router asks again and shows its fault page.
  }
  const ids = matched.flatMap(({ id, loader }) => (id !== undefined && loader !== undefined ? [id] : []));
  // The server has sent what the loaders would ask for.
  return { loaderData: Object.fromEntries(ids.map((id) => [id, null])) };
}
