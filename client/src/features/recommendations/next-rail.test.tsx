// @vitest-environment happy-dom
import { act, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { learned } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";
import { aCard, anItem, aReason } from "@/testing/builders";
import { answer, renderInShop, type Answer } from "@/testing/render-in-shop";
import { NextRail } from "./next-rail";

const viewed = aReason("because_you_viewed", "Because you viewed Obscur 5");
const popular = aReason("popular", "Drawing the most interest lately");
const title = "Where to look next";
let comeNear: (() => void)[] = [];

beforeEach(() => {
  comeNear = [];
  vi.stubGlobal(
    "IntersectionObserver",
    class {
      tell: (seen: { isIntersecting: boolean }[]) => void;
      constructor(tell: (seen: { isIntersecting: boolean }[]) => void) {
        this.tell = tell;
      }
      observe(): void {
        comeNear.push(() => this.tell([{ isIntersecting: true }]));
      }
      disconnect(): void {}
    },
  );
});
afterEach(() => vi.unstubAllGlobals());

function slate(personalised: boolean, ids: string[] = ["1", "2"]) {
  const reason = personalised ? viewed : popular;
  return {
    body: {
      slateId: "s",
      modelVersion: "1",
      personalised,
      items: ids.map((id, place) => anItem(place, aCard({ id, title: `Camera ${id}` }), reason)),
    },
  };
}

/** A page that is drawn once the session is known; "turn" leads to the next one. */
function Page({ without }: { without?: string }) {
  const { data } = shopApi.useGetSessionQuery();
  const [page, turn] = useState(0);
  if (data === undefined) return null;
  return (
    <>
      <button type="button" onClick={() => turn(page + 1)}>
        turn
      </button>
      <NextRail key={page} {...(without !== undefined && { without })} />
    </>
  );
}

async function draw(isKnown: boolean, next: Answer = slate(true), without?: string) {
  const asked = answer({
    "GET /recommendations/session": next,
    "GET /session": { body: { user: null, personalised: isKnown } },
  });
  const view = renderInShop(<Page {...(without !== undefined && { without })} />);
  await screen.findByText("turn");
  return { ...view, slates: () => asked.filter((question) => question.endsWith("/session")).length - 1 };
}

function near() {
  expect(comeNear).toHaveLength(1);
  act(() => comeNear.forEach((tell) => tell()));
}

it("keeps its place from the start and asks when somebody comes near", async () => {
  const { slates, container } = await draw(true, slate(true), "2");
  expect(container.querySelector(".min-h-112")).not.toBeNull();
  expect(slates()).toBe(0);
  near();
  expect(await screen.findByRole("region", { name: title })).toBeDefined();
  expect(screen.getByText("Camera 1")).toBeDefined();
  expect(screen.queryByText("Camera 2")).toBeNull();
  expect(container.querySelectorAll(".nape")).toHaveLength(1);
});

it("takes no place while nothing is known of the shopper, until they did something", async () => {
  const { store, container } = await draw(false);
  expect(container.querySelector(".min-h-112")).toBeNull();
  act(() => void store.dispatch(learned()));
  expect(container.querySelector(".min-h-112")).toBeNull();
  screen.getByText("turn").click();
  await waitFor(() => expect(container.querySelector(".min-h-112")).not.toBeNull());
});

it("says that it is what is popular while the visit says nothing", async () => {
  const { container } = await draw(true, slate(false));
  near();
  expect(await screen.findByRole("heading", { name: "Popular in the shop" })).toBeDefined();
  expect(container.querySelectorAll(".nape")).toHaveLength(0);
});

it("is not rearranged under the hands, but asked anew by the next page when something was learned", async () => {
  const { slates, store } = await draw(true);
  near();
  await screen.findByRole("region", { name: title });
  for (const [isLearned, asked] of [
    [false, 1],
    [true, 2],
  ] as const) {
    if (isLearned) act(() => void store.dispatch(learned()));
    expect(slates()).toBe(1);
    comeNear = [];
    act(() => screen.getByText("turn").click());
    near();
    await screen.findByRole("region", { name: title });
    await waitFor(() => expect(slates()).toBe(asked));
  }
});

it("leaves the page alone when it cannot be had", async () => {
  const { container, slates } = await draw(true, { status: 503, body: { title: "Busy" } });
  near();
  await waitFor(() => expect(slates()).toBe(1));
  await waitFor(() => expect(container.querySelector(".min-h-112")?.innerHTML).toBe(""));
});
