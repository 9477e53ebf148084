import { useEffect, useState } from "react";
import { announcer } from "@/lib/announcer";

/** The only live region of the page. */
export function LiveRegion() {
  const [sentence, setSentence] = useState("");
  useEffect(() => announcer.subscribe(setSentence), []);
  return (
    <p role="status" aria-live="polite" className="sr-only">
      {sentence}
    </p>
  );
}
