// @vitest-environment happy-dom
import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { answer, renderInShop } from "@/testing/render-in-shop";
import { SearchForm } from "./search-form";

const PRODUCT = { body: { id: "12", title: "Keld 6" } };

beforeEach(() => localStorage.clear());

function suggestions(...entries: object[]) {
  return { body: { suggestions: entries } };
}

/** By its text: parts of a word may be set in bold. */
async function optionNamed(text: string): Promise<HTMLElement> {
  return waitFor(() => {
    const found = screen.queryAllByRole("option").find((one) => one.textContent === text);
    if (found === undefined) throw new Error(`No option ${text}.`);
    return found;
  });
}

function field(): HTMLInputElement {
  return screen.getByRole("combobox", { name: "Search the shop" });
}

it("asks after a pause, for the last words only", async () => {
  const asked = answer({ "GET /search/suggest": suggestions({ kind: "query", text: "keld laptop" }) });
  renderInShop(<SearchForm />);
  await userEvent.type(field(), "keld");
  expect(await optionNamed("keld laptop")).toBeDefined();
  expect(asked).toEqual(["GET /search/suggest?q=keld"]);
});

it("aborts a question that is overtaken and never shows its answer", async () => {
  const aborted: string[] = [];
  vi.stubGlobal("fetch", async (request: Request) => {
    const q = new URL(request.url, "http://localhost").searchParams.get("q") ?? "";
    request.signal.addEventListener("abort", () => aborted.push(q));
    if (q === "ke") await new Promise((resolve) => setTimeout(resolve, 400));
    return new Response(JSON.stringify({ suggestions: [{ kind: "query", text: `${q} answered` }] }), {
      headers: { "Content-Type": "application/json" },
    });
  });
  renderInShop(<SearchForm />);
  await userEvent.type(field(), "ke");
  await new Promise((resolve) => setTimeout(resolve, 200));
  await userEvent.type(field(), "ld");
  expect(await optionNamed("keld answered")).toBeDefined();
  await new Promise((resolve) => setTimeout(resolve, 350));
  expect(aborted).toEqual(["ke"]);
  expect(screen.queryByRole("option", { name: "ke answered" })).toBeNull();
});

it("is worked by the keyboard: arrows name the option, Enter goes there, Escape closes", async () => {
  answer({
    "GET /search/suggest": suggestions(
      { kind: "query", text: "keld laptop" },
      { kind: "category", text: "Keyboards", id: "keyboards" },
    ),
  });
  const { router } = renderInShop(<SearchForm />);
  await userEvent.type(field(), "ke");
  await optionNamed("keld laptop");
  await waitFor(() => expect(field().getAttribute("aria-expanded")).toBe("true"));
  expect(field().getAttribute("aria-activedescendant")).toBeNull();
  await userEvent.keyboard("{ArrowDown}{ArrowDown}");
  const chosen = screen.getByRole("option", { selected: true });
  expect(chosen.textContent).toBe("Keyboards");
  expect(field().getAttribute("aria-activedescendant")).toBe(chosen.id);
  await userEvent.keyboard("{Escape}");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(field().value).toBe("ke");
  await userEvent.keyboard("{ArrowUp}{Enter}");
  await waitFor(() => expect(router.state.location.search).toBe("?category=keyboards"));
});

it("leaves Enter to an input method that is composing", async () => {
  answer({ "GET /search/suggest": suggestions({ kind: "query", text: "keld laptop" }) });
  const { router } = renderInShop(<SearchForm />);
  await userEvent.type(field(), "ke");
  await optionNamed("keld laptop");
  await userEvent.keyboard("{ArrowDown}");
  fireEvent.keyDown(field(), { key: "Enter", isComposing: true });
  expect(screen.getByRole("listbox")).toBeDefined();
  expect(router.state.location.search).toBe("");
});

it("says what the shop repaired", async () => {
  answer({
    "GET /search/suggest": suggestions({ kind: "query", text: "laptop", repairedFrom: "lapotp" }),
  });
  renderInShop(<SearchForm />);
  await userEvent.type(field(), "lapotp");
  const option = await screen.findByRole("option");
  expect(option.textContent).toBe("laptopinstead of “lapotp”");
});

it("shows a product with its price and opens it", async () => {
  answer({
    "GET /search/suggest": suggestions({ kind: "product", text: "Keld 6", id: "12" }),
    "GET /products/12": { status: 404, body: PRODUCT.body },
  });
  const { router } = renderInShop(<SearchForm />);
  await userEvent.type(field(), "keld 6");
  await userEvent.click(await screen.findByRole("option", { name: /Keld 6/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/products/12"));
  expect(field().value).toBe("");
});

it("remembers searches and lets them be removed by button and by Delete", async () => {
  answer({});
  renderInShop(<SearchForm />);
  await userEvent.type(field(), "{Enter}");
  localStorage.setItem("jackdaw-recent-searches", '["camera","phone"]');
  await userEvent.click(field());
  expect(await screen.findAllByRole("option")).toHaveLength(2);
  await userEvent.click(screen.getByRole("button", { name: "Remove camera" }));
  expect(screen.getAllByRole("option").map((shown) => shown.textContent)).toEqual(["phone"]);
  await userEvent.keyboard("{ArrowDown}{Delete}");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(localStorage.getItem("jackdaw-recent-searches")).toBe("[]");
});
