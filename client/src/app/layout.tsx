import { Outlet, ScrollRestoration, useMatches, useNavigation } from "react-router";
import { useDelayed } from "@/lib/use-delayed";
import { useIsHydrated } from "@/lib/use-is-hydrated";
import { CardActions } from "./card-actions";
import type { PageHandle } from "./first-page";
import { Footer } from "./footer";
import { Header } from "./header";
import { LazyCartDrawer, LazyConnectionBanner, LazyMergeNote, LazyToasts } from "./lazy-parts";
import { LiveRegion } from "./live-region";
import type { ReactNode } from "react";
import { words } from "@/lib/words/words";

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
        {words.shell.skip}
      </a>
      <Progress />
      <Header />
      <LazyMergeNote />
      <main id="main" tabIndex={-1} className="min-h-dvh outline-none">
        {children}
      </main>
      <Footer />
      <LazyCartDrawer />
      <LazyConnectionBanner />
      <LazyToasts />
      <LiveRegion />
    </CardActions>
  );
}

/** Only pages that are drawn alike without data and address are part of the build's frame; others follow at once. */
function usePageIsDue(): boolean {
  const isFramed = useMatches().some(({ handle }) => (handle as PageHandle | undefined)?.isFramed);
  return useIsHydrated() || isFramed;
}

export function Layout() {
  const isPageDue = usePageIsDue();
  return (
    <Frame>
      {isPageDue && <Outlet />}
      <ScrollRestoration />
    </Frame>
  );
}
