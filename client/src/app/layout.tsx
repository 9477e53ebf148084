import { startTransition, useCallback, useEffect, useLayoutEffect, useRef, useState } from "react";
import { Outlet, ScrollRestoration, useMatches, useNavigation } from "react-router";
import { useDelayed } from "@/lib/use-delayed";
import { CardActions } from "./card-actions";
import type { PageHandle } from "./first-page";
import { Footer } from "./footer";
import { Header } from "./header";
import { LazyCartDrawer, LazyConnectionBanner, LazyMergeNote, LazyToasts } from "./lazy-parts";
import { LiveRegion } from "./live-region";
import type { ReactNode } from "react";
import { words } from "@/lib/words/words";

const SENT = { __html: "" };

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

/** Only pages that are drawn alike without data and address are part of the build's frame. */
function FramedPage() {
  const isFramed = useMatches().some(({ handle }) => (handle as PageHandle | undefined)?.isFramed);
  return <div className="contents">{isFramed && <Outlet />}</div>;
}

/** The page as it was sent, with what the server put there: it stays as it is until the page is drawn. */
function SentPage({ onGone }: { onGone: (focused: string | null) => void }) {
  const sent = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const { current } = sent;
    return () => {
      const { activeElement } = document;
      onGone(current?.contains(activeElement) ? (activeElement?.getAttribute("href") ?? null) : null);
    };
  }, [onGone]);
  // oxlint-disable-next-line react/no-danger -- Nothing is set: the empty text makes React leave what was sent.
  return <div ref={sent} className="contents" suppressHydrationWarning dangerouslySetInnerHTML={SENT} />;
}

/** Draws the page in pieces, beside the one that was sent, and puts it in its place; the focus stays where it was. */
function DrawnPage() {
  const [isDrawn, setIsDrawn] = useState(false);
  const focused = useRef<string | null>(null);
  const keepFocus = useCallback((href: string | null) => {
    focused.current = href;
  }, []);
  useEffect(() => startTransition(() => setIsDrawn(true)), []);
  useLayoutEffect(() => {
    if (!isDrawn || focused.current === null) return;
    document
      .querySelector<HTMLElement>(`#main a[href="${CSS.escape(focused.current)}"]`)
      ?.focus({ preventScroll: true });
  }, [isDrawn]);
  return isDrawn ? <Outlet /> : <SentPage onGone={keepFocus} />;
}

export function Layout() {
  return (
    <Frame>
      {import.meta.env.SSR ? <FramedPage /> : <DrawnPage />}
      <ScrollRestoration />
    </Frame>
  );
}
