import { Suspense, type ReactNode } from "react";
import { RegionBoundary } from "./region-boundary";

/** A part whose code comes later than the page: nothing stands in its place, and without it the rest still works. */
export function LazyPart({ fault, children }: { fault: string; children: ReactNode }) {
  return (
    <RegionBoundary fault={fault}>
      <Suspense>{children}</Suspense>
    </RegionBoundary>
  );
}
