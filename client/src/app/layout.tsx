import { Outlet, ScrollRestoration, useNavigation } from "react-router";
import { useDelayed } from "@/lib/use-delayed";
import { CardActions } from "./card-actions";
import { ConnectionBanner } from "./connection-banner";
import { Footer } from "./footer";
import { Header } from "./header";
import { LazyCartDrawer, LazyMergeNote, LazyToasts } from "./lazy-parts";
import { LiveRegion } from "./live-region";
import type { ReactNode } from "react";

/** A thin line at the top while a page's code is on its way, and only when that takes long. */
function Progress() {
  const { state } = useNavigation();
  const isSlow = useDelayed(state !== "idle", 400);
  return isSlow ? (
    <div className="fixed inset-x-0 top-0 z-(--layer-toast) h-0.5 bg-ink" aria-hidden="true" />
  ) : null;
}

export function Frame({ children }: { children: ReactNode }) {
  return (
    <CardActions>
      <a className="skip-link" href="#main">
        Skip to the content
      </a>
      <Progress />
      <Header />
      <LazyMergeNote />
      <main id="main" tabIndex={-1} className="min-h-dvh outline-none">
        {children}
      </main>
      <Footer />
      <LazyCartDrawer />
      <ConnectionBanner />
      <LazyToasts />
      <LiveRegion />
    </CardActions>
  );
}

export function Layout() {
  return (
    <Frame>
      <Outlet />
      <ScrollRestoration />
    </Frame>
  );
}
