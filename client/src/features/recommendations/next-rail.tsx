import { lazy, useEffect, useRef, useState } from "react";
import { useSelector } from "react-redux";
import { selectChangedAt } from "@/api/learning-slice";
import { shopApi } from "@/api/shop-api";
import { LazyPart } from "@/ui/lazy-part";
import { words } from "@/lib/words/words";

const SessionRail = lazy(async () => ({ default: (await import("./session-rail")).SessionRail }));
const NEAR = "400px";

/** Whether anything was known of the shopper when this was drawn first: a shelf must not push a page apart later. */
function useWasKnown(): boolean {
  const { data: session } = shopApi.useGetSessionQuery();
  const isKnown = useSelector(selectChangedAt) > 0 || session?.personalised === true;
  return useState(isKnown)[0];
}

/** The place of what comes next, at the end of a page. It is filled when somebody comes near. */
export function NextRail({ without }: { without?: string }) {
  const wasKnown = useWasKnown();
  const [isNear, setIsNear] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (place.current === null) return undefined;
    const watch = new IntersectionObserver(
      (seen) => {
        if (seen.some((entry) => entry.isIntersecting)) setIsNear(true);
      },
      { rootMargin: NEAR },
    );
    watch.observe(place.current);
    return () => watch.disconnect();
  }, []);
  if (!wasKnown) return null;
  return (
    <div ref={place} className="min-h-112">
      {isNear && (
        <LazyPart fault={words.regions.shelf}>
          <SessionRail without={without} />
        </LazyPart>
      )}
    </div>
  );
}
