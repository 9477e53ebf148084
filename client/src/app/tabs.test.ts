// @vitest-environment happy-dom
import { expect, it } from "vitest";
import { cartApi } from "@/api/cart-api";
import { shopApi } from "@/api/shop-api";
import { aCard, aCart, aLine } from "@/testing/builders";
import { answer } from "@/testing/render-in-shop";
import { createStore } from "./store";
import { hearTabs, tellingTabs, type TabChannel } from "./tabs";

/** What is posted here arrives at the other end. */
function endOf(own: EventTarget, other: EventTarget): TabChannel {
  const end = {
    addEventListener: own.addEventListener.bind(own),
    postMessage: (data: unknown) => other.dispatchEvent(new MessageEvent("message", { data })),
  };
  return end as TabChannel;
}

function tabOn(channel: TabChannel) {
  const store = createStore([tellingTabs(channel)]);
  hearTabs(channel, store);
  return store;
}

function twoTabs() {
  const [a, b] = [new EventTarget(), new EventTarget()];
  return [tabOn(endOf(a, b)), tabOn(endOf(b, a))] as const;
}

const camera = aCard();
const filled = aCart([aLine(camera, 1)], "254.00");

it("shows in the other tab what was put into the cart, without asking the server", async () => {
  const asked = answer({ "POST /cart/lines": { status: 201, body: filled } });
  const [first, second] = twoTabs();
  await first.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  await expect.poll(() => shopApi.endpoints.getCart.select()(second.getState()).data).toEqual(filled);
  expect(asked).toEqual(["POST /cart/lines"]);
});

it("asks again in every tab after logging out", async () => {
  let isSignedIn = true;
  const user = { id: "1", email: "ana@example.com", displayName: "Ana", role: "shopper", createdAt: "" };
  answer({
    "GET /session": () => ({ body: { user: isSignedIn ? user : null, personalised: true } }),
    "POST /auth/logout": () => {
      isSignedIn = false;
      return { status: 204 };
    },
  });
  const [first, second] = twoTabs();
  const session = second.dispatch(shopApi.endpoints.getSession.initiate());
  expect((await session).data?.user?.displayName).toBe("Ana");
  await first.dispatch(shopApi.endpoints.logOut.initiate());
  await expect.poll(() => shopApi.endpoints.getSession.select()(second.getState()).data?.user).toBeNull();
  session.unsubscribe();
});

it("tells nothing that the server refused", async () => {
  answer({ "POST /cart/lines": { status: 409, body: {} } });
  const told: unknown[] = [];
  const channel = { addEventListener: () => {}, postMessage: (news: unknown) => told.push(news) };
  const store = createStore([tellingTabs(channel as unknown as TabChannel)]);
  await store.dispatch(cartApi.endpoints.addToCart.initiate({ product: camera, quantity: 1 }));
  expect(told).toEqual([]);
});
