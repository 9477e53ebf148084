import { useId, type ReactNode } from "react";
import { words } from "@/lib/words/words";

type ChartFrameProps = {
  title: string;
  /** What the chart says, in one sentence. */
  sentence: string;
  /** Of how many, and as of when. */
  basis: string;
  chart: ReactNode;
  /** The same numbers as rows. */
  table: ReactNode;
};

/** A chart with its sentence, its basis and a table twin: nobody needs eyes or a mouse to read it. */
export function ChartFrame({ title, sentence, basis, chart, table }: ChartFrameProps) {
  const titleId = useId();
  return (
    <figure aria-labelledby={titleId} className="max-w-3xl border-t border-line pt-4">
      <figcaption>
        <h3 id={titleId} className="text-18">
          {title}
        </h3>
        <p className="mt-1">{sentence}</p>
        <p className="text-14 text-ink-2">{basis}</p>
      </figcaption>
      <div className="mt-3">{chart}</div>
      <details className="mt-2">
        <summary className="link min-h-9 text-14">{words.shell.asTable}</summary>
        {table}
      </details>
    </figure>
  );
}
