import type { WayOut } from "./relaxations";
import { countOfListings } from "@/lib/counts";
import { paths } from "@/lib/paths";
import { ButtonLink } from "@/ui/button";

/** Single steps that bring something back, as buttons, with how much. */
export function WayLinks({ ways }: { ways: WayOut[] }) {
  return (
    <ul className="mt-3 flex flex-wrap gap-2">
      {ways.map((way) => (
        <li key={way.key}>
          <ButtonLink to={paths.products(way.filters)} look="plain">
            <span>{way.label}</span>
            {way.count !== undefined && (
              <span className="font-normal text-ink-2">{countOfListings(way.count)}</span>
            )}
          </ButtonLink>
        </li>
      ))}
    </ul>
  );
}
