// @vitest-environment happy-dom
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { Toasts } from "./toasts";
import { aCard, aCart, aLine, euros } from "@/testing/builders";
import { answer, renderInShop } from "@/testing/render-in-shop";
import { AddToCart } from "@/features/cart/add-to-cart";
import { CartDrawer } from "@/features/cart/cart-drawer";

const camera = aCard({ id: "1", title: "Obscur 5", price: euros("254.00") });

function Shop() {
  return (
    <>
      <AddToCart product={camera} />
      <CartDrawer />
      <Toasts />
    </>
  );
}

it("shows the line at once and takes it back when the server refuses", async () => {
  const refusal = { title: "Conflict", detail: "Only 0 left.", code: "stock_short", requestId: "r" };
  answer({
    "GET /cart": { body: aCart([], "0.00") },
    "POST /cart/lines": { status: 409, body: refusal },
  });
  const { findByText } = renderInShop(<Shop />);
  await userEvent.click(screen.getByRole("button", { name: "Add to cart" }));
  expect(await findByText("Only 0 left.")).toBeDefined();
  await waitFor(() => expect(screen.getByText("Nothing in it yet")).toBeDefined());
});

it("removes a line at once and brings it back by undo", async () => {
  const requests = answer({
    "GET /cart": { body: aCart([aLine(camera, 2)], "508.00") },
    "DELETE /cart/lines/line-1": { body: aCart([], "0.00") },
    "POST /cart/lines": { status: 201, body: aCart([aLine(camera, 2)], "508.00") },
  });
  const { store } = renderInShop(<Shop />);
  store.dispatch({ type: "cartDrawer/cartOpened" });
  await userEvent.click(await screen.findByRole("button", { name: "Remove Obscur 5, good" }));
  expect(await screen.findByText("Nothing in it yet")).toBeDefined();
  await userEvent.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByRole("button", { name: "Remove Obscur 5, good" })).toBeDefined();
  expect(requests).toContain("POST /cart/lines");
});

it("says next to the line what changed since it was added", async () => {
  const cart = {
    ...aCart([aLine(camera, 1)], "254.00"),
    problems: [
      {
        code: "price_changed" as const,
        lineId: "line-1",
        detail: "",
        was: euros("260.00"),
        now: euros("254.00"),
      },
    ],
  };
  answer({ "GET /cart": { body: cart } });
  const { store } = renderInShop(<Shop />);
  store.dispatch({ type: "cartDrawer/cartOpened" });
  expect(await screen.findByText("Price fell €6 since you added it.")).toBeDefined();
});
