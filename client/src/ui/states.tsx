import type { ReactNode } from "react";
import { Button } from "./button";
import { words } from "@/lib/words/words";

/** What it is, why it is empty, and one next step. */
export function EmptyState({
  title,
  children,
  action,
}: {
  title: string;
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className="max-w-[66ch] border-s-2 border-line-strong py-2 ps-6">
      <h2 className="text-22">{title}</h2>
      <div className="mt-2 text-ink-2">{children}</div>
      {action !== undefined && <div className="mt-5">{action}</div>}
    </div>
  );
}

type Failure = { title: string; detail: string; requestId: string | null; lang?: "en" };

/** A part of the page failed; the rest lives on. */
export function ErrorState({ failure, onRetry }: { failure: Failure; onRetry: () => void }) {
  return (
    <div role="alert" className="max-w-[66ch] border-s-2 border-bad py-2 ps-6">
      <p lang={failure.lang} className="font-title text-18 font-bold">
        {failure.title}
      </p>
      <p lang={failure.lang} className="mt-1 text-ink-2">
        {failure.detail}
      </p>
      <div className="mt-4 flex flex-wrap items-center gap-4">
        <Button look="plain" onClick={onRetry}>
          {words.shell.tryAgain}
        </Button>
        {failure.requestId !== null && (
          <span className="text-14 text-ink-2">
            {words.shell.request} <code className="font-mono select-all">{failure.requestId}</code>
          </span>
        )}
      </div>
    </div>
  );
}
