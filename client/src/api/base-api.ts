import { createApi, fetchBaseQuery, type BaseQueryFn, type FetchArgs } from "@reduxjs/toolkit/query/react";
import { toProblem, type Problem } from "./problem";

/** Repeated keys for lists (`brand=a&brand=b`); what is unset is left out. */
export function serializeParams(params: Record<string, unknown>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value]) {
      if (typeof one === "string" || typeof one === "number" || typeof one === "boolean") {
        search.append(key, String(one));
      }
    }
  }
  return search.toString();
}

const rawQuery = fetchBaseQuery({
  baseUrl: "/",
  credentials: "same-origin",
  paramsSerializer: serializeParams,
});

/** Cart writes leave one after the other: two quick clicks must not overtake each other on two connections. */
let lastCartWrite: Promise<unknown> = Promise.resolve();

/** Without a value there is no query, not even its question mark. */
function withoutEmptyParams(args: string | FetchArgs): string | FetchArgs {
  if (typeof args === "string" || args.params === undefined) return args;
  if (serializeParams(args.params as Record<string, unknown>) !== "") return args;
  const { params: _, ...rest } = args;
  return rest;
}

const baseQuery: BaseQueryFn<string | FetchArgs, unknown, Problem> = async (args, api, extra) => {
  const run = async () => {
    const { data, error, meta } = await rawQuery(withoutEmptyParams(args), api, extra);
    if (error === undefined) return { data };
    const body = "data" in error ? error.data : undefined;
    return { error: toProblem(error.status, body, meta?.response?.headers) };
  };
  const isCartWrite =
    typeof args !== "string" && args.method !== undefined && args.url.includes("/cart/lines");
  if (!isCartWrite) return run();
  const turn = lastCartWrite.then(run);
  lastCartWrite = turn;
  return turn;
};

export const baseApi = createApi({
  reducerPath: "api",
  baseQuery,
  tagTypes: ["Session", "Cart", "Favorites", "Home"],
  keepUnusedDataFor: 300,
  refetchOnReconnect: true,
  endpoints: () => ({}),
});
