import { StrictMode, type ComponentProps } from "react";
import { Provider } from "react-redux";
import { RouterProvider } from "react-router/dom";
import { TrackingContext, type Tracking } from "@/lib/tracking/tracking-context";
import type { Store } from "./store";

type ShopProps = {
  store: Store;
  router: ComponentProps<typeof RouterProvider>["router"];
  tracking: Tracking;
  /** What the frame from the build was drawn with; the page shows it first and goes on from there at once. */
  frameState?: ReturnType<Store["getState"]> | undefined;
};

export function Shop({ store, router, tracking, frameState }: ShopProps) {
  return (
    <StrictMode>
      <Provider store={store} {...(frameState !== undefined && { serverState: frameState })}>
        <TrackingContext value={tracking}>
          <RouterProvider router={router} />
        </TrackingContext>
      </Provider>
    </StrictMode>
  );
}
