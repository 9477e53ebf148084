import { createApi, type BaseQueryFn } from "@reduxjs/toolkit/query/react";
import { toProblem, type Problem } from "./problem";

/** What a query asks for. The library's own way to fetch does more than this shop needs. */
type Call = {
  url: string;
  method?: string;
  params?: Record<string, unknown> | undefined;
  body?: unknown;
  headers?: Record<string, string>;
};

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

/** Cart writes leave one after the other: two quick clicks must not overtake each other on two connections. */
let lastCartWrite: Promise<unknown> = Promise.resolve();

function requestOf(
  { url, method = "GET", params, body, headers }: Call,
  signal: AbortSignal | undefined,
): Request {
  const query = params === undefined ? "" : serializeParams(params);
  return new Request(new URL(query === "" ? url : `${url}?${query}`, globalThis.location.origin), {
    method,
    credentials: "same-origin",
    headers: { ...headers, ...(body !== undefined && { "Content-Type": "application/json" }) },
    ...(signal !== undefined && { signal }),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
}

async function contentOf(response: Response): Promise<unknown> {
  const text = await response.text();
  return text === "" ? null : (JSON.parse(text) as unknown);
}

export type Answer = { data: unknown } | { error: Problem };

export async function send(call: Call, signal?: AbortSignal): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(requestOf(call, signal));
  } catch {
    return { error: toProblem("FETCH_ERROR", undefined, undefined) };
  }
  try {
    const data = await contentOf(response);
    if (response.ok) return { data };
    return { error: toProblem(response.status, data, response.headers) };
  } catch {
    const status = response.ok ? "PARSING_ERROR" : response.status;
    return { error: toProblem(status, undefined, response.headers) };
  }
}

const baseQuery: BaseQueryFn<string | Call, unknown, Problem> = (args, { signal }) => {
  const call = typeof args === "string" ? { url: args } : args;
  const isCartWrite = call.method !== undefined && call.url.includes("/cart/lines");
  if (!isCartWrite) return send(call, signal);
  const turn = lastCartWrite.then(() => send(call, signal));
  lastCartWrite = turn;
  return turn;
};

export const baseApi = createApi({
  reducerPath: "api",
  baseQuery,
  tagTypes: ["Session", "Cart", "Favorites", "Home", "Slates", "Profile"],
  keepUnusedDataFor: 300,
  refetchOnReconnect: true,
  endpoints: () => ({}),
});
