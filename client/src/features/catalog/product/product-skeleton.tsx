import { DuePicture } from "@/ui/due-picture";
import { LineSkeletons } from "@/ui/skeletons";

/** The same two columns as the page that is coming. */
export function ProductSkeleton() {
  return (
    <div className="grid gap-x-12 gap-y-8 lg:grid-cols-[1.15fr_1fr]">
      <DuePicture />
      <div className="text-28">
        <LineSkeletons widths={["w-1/3", "w-5/6", "w-1/2", "w-1/4", "w-full", "w-2/3"]} />
      </div>
    </div>
  );
}
