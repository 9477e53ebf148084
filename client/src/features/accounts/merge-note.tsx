import { useEffect } from "react";
import { useDispatch, useSelector } from "react-redux";
import { announcer } from "@/lib/announcer";
import { IconButton } from "@/ui/button";
import { Icon } from "@/ui/icon";
import { mergeSentences } from "./merge-sentences";
import { mergeRead, selectMergeReport } from "./merge-slice";
import { words } from "@/lib/words/words";

export function MergeNote() {
  const report = useSelector(selectMergeReport);
  const dispatch = useDispatch();
  const sentences = report === null ? [] : mergeSentences(report);
  const first = sentences[0];
  useEffect(() => {
    if (first !== undefined) announcer.announce(first);
  }, [first]);
  if (sentences.length === 0) return null;
  return (
    <section aria-labelledby="merge-note" className="border-b border-line bg-wash">
      <div className="page flex items-start justify-between gap-4 py-4">
        <div>
          <h2 id="merge-note" className="text-18">
            {words.merge.title}
          </h2>
          <ul className="mt-1">
            {sentences.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
        <IconButton label={words.merge.dismiss} onClick={() => dispatch(mergeRead())}>
          <Icon name="close" />
        </IconButton>
      </div>
    </section>
  );
}
