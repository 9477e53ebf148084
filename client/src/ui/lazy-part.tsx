import { Suspense, type ReactNode } from "react";
import { RegionBoundary } from "./region-boundary";

/** A part whose code comes later than the page: nothing stands in its place, and without it the rest still works. */
export function LazyPart({ label, children }: { label: string; children: ReactNode }) {
  return (
    <RegionBoundary label={label}>
      <Suspense>{children}</Suspense>
    </RegionBoundary>
  );
}
