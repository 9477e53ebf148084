import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { Provider } from "react-redux";
import { createMemoryRouter, RouterProvider } from "react-router";
import { vi } from "vitest";
import { createStore } from "@/app/store";

export type Answer = { status?: number; body?: unknown; headers?: Record<string, string> };
type Answers = Record<string, Answer | ((body: unknown) => Answer)>;

/** Prepares answers by "METHOD path?query" or "METHOD path"; returns the requests in their order. */
export function answer(answers: Answers): string[] {
  const asked: string[] = [];
  vi.stubGlobal("fetch", async (input: Request) => {
    const url = new URL(input.url, "http://localhost");
    const key = `${input.method} ${url.pathname.replace("/api/v1", "")}`;
    asked.push(key + url.search);
    const found = answers[key + url.search] ?? answers[key];
    if (found === undefined) throw new Error(`No answer was prepared for ${key}${url.search}.`);
    const text = await input.clone().text();
    const {
      status = 200,
      body,
      headers = {},
    } = typeof found === "function" ? found(text === "" ? null : JSON.parse(text)) : found;
    return new Response(status === 204 ? null : JSON.stringify(body), {
      status,
      headers: {
        "Content-Type": status >= 400 ? "application/problem+json" : "application/json",
        ...headers,
      },
    });
  });
  return asked;
}

/** A part of the shop with its store and a router, at an address. */
export function renderInShop(part: ReactNode, path = "/") {
  const store = createStore();
  const router = createMemoryRouter([{ path: "*", element: part }], { initialEntries: [path] });
  const view = render(
    <Provider store={store}>
      <RouterProvider router={router} />
    </Provider>,
  );
  return { ...view, store, router };
}
