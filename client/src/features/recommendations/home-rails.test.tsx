// @vitest-environment happy-dom
import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import { aCard, anItem, aReason } from "@/testing/builders";
import { answer, renderInShop } from "@/testing/render-in-shop";
import { HomeRails } from "./home-rails";

const viewed = aReason("because_you_viewed", "because you opened Obscur 5");
const trending = aReason("trending", "busy this week");

function home(personalised: boolean) {
  return {
    slateId: "s",
    modelVersion: 1,
    personalised,
    rails: [
      { id: "because", title: "More cameras", reason: viewed, items: [anItem(0, aCard(), viewed)] },
      {
        id: "trending",
        title: "Off the bench",
        reason: null,
        items: [anItem(0, aCard({ id: "2" }), trending)],
      },
    ],
  };
}

it("marks the learned shelf, and only that one, with the nape and its reason", async () => {
  answer({ "GET /recommendations/home": { body: home(true) } });
  const { container } = renderInShop(<HomeRails />);
  expect(await screen.findByText(viewed.text)).toBeDefined();
  expect(container.querySelectorAll(".nape")).toHaveLength(1);
});

it("has no nape anywhere when the slate is the same for everyone", async () => {
  answer({ "GET /recommendations/home": { body: home(false) } });
  const { container } = renderInShop(<HomeRails />);
  await screen.findByRole("heading", { name: "More cameras" });
  expect(container.querySelectorAll(".nape, .learned")).toHaveLength(0);
});

it("says what failed, with the request to report, and offers another try", async () => {
  let isDown = true;
  answer({
    "GET /recommendations/home": () =>
      isDown
        ? {
            status: 503,
            body: { title: "Busy", detail: "Try again soon.", code: "busy", requestId: "req-9" },
          }
        : { body: home(false) },
  });
  renderInShop(<HomeRails />);
  expect(await screen.findByText("req-9")).toBeDefined();
  isDown = false;
  screen.getByRole("button", { name: "Try again" }).click();
  expect(await screen.findByRole("heading", { name: "More cameras" })).toBeDefined();
});

it("says so when there is nothing to show", async () => {
  answer({ "GET /recommendations/home": { body: { ...home(false), rails: [] } } });
  renderInShop(<HomeRails />);
  expect(await screen.findByRole("heading", { name: "The bench is empty" })).toBeDefined();
});

it("says plainly when no model chose the shelves, and nothing otherwise", async () => {
  const note = "We are still learning what goes with what.";
  answer({ "GET /recommendations/home": { body: { ...home(false), note } } });
  const { unmount } = renderInShop(<HomeRails />);
  expect(await screen.findByText(note)).toBeDefined();
  unmount();
  answer({ "GET /recommendations/home": { body: home(false) } });
  renderInShop(<HomeRails />);
  await screen.findByRole("heading", { name: "More cameras" });
  expect(screen.queryByText(note)).toBeNull();
});
