import { useEffect, useRef, type ReactNode } from "react";
import { useLocation } from "react-router";
import { say } from "@/lib/words/say";
import { words } from "@/lib/words/words";

/** The first page has the focus where the browser put it; every later page moves it to its heading. */
let lastFocusedPath: string | null = null;

type PageTitleProps = { children: ReactNode; title?: string; className?: string };

/** The one h1: names the tab and takes the focus when the path changes (not when only the query does). */
export function PageTitle({ children, title, className = "text-36 md:text-48" }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const { pathname } = useLocation();

  useEffect(() => {
    const isFirstPage = lastFocusedPath === null;
    const hasMoved = lastFocusedPath !== pathname;
    lastFocusedPath = pathname;
    if (!isFirstPage && hasMoved) heading.current?.focus({ preventScroll: true });
  }, [pathname]);

  const named = title ?? (typeof children === "string" ? children : undefined);
  return (
    <>
      {named !== undefined && <title>{say(words.shell.title, { page: named })}</title>}
      <h1 ref={heading} tabIndex={-1} className={className}>
        {children}
      </h1>
    </>
  );
}
