import { CardSkeletons, LineSkeletons } from "@/ui/skeletons";
import { PAGE_SIZE } from "./listing-query";
import { GRID } from "./product-grid";

export const PANEL_LINES = ["w-1/2", "w-full", "w-5/6", "w-full", "w-2/3", "w-full", "w-3/4"];

/** The boxes of the listing before the address is read: its title is not known yet. */
export function ListingSkeleton() {
  return (
    <div className="page py-8 md:py-12" aria-hidden="true">
      <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
        <p className="font-title text-36 leading-[1.08] font-bold md:text-48">{"\u00a0"}</p>
      </div>
      <div className="mt-6 grid grid-cols-[minmax(0,1fr)] gap-x-12 md:mt-8 lg:grid-cols-[14rem_minmax(0,1fr)]">
        <div className="hidden lg:block">
          <LineSkeletons widths={PANEL_LINES} />
        </div>
        <div>
          <div className="mb-6 min-h-11 border-t border-line pt-4">
            <div className="h-11" />
          </div>
          <CardSkeletons count={PAGE_SIZE / 2} className={GRID} />
        </div>
      </div>
    </div>
  );
}
