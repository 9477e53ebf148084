import { DuePicture } from "./due-picture";

/** The boxes of the content that is coming. They hold their place at once and become visible after 150 ms. */
function Line({ width }: { width: string }) {
  return <span className={`block h-[1em] rounded-field bg-wash ${width}`} />;
}

export function CardSkeleton() {
  return (
    <div>
      <DuePicture />
      <span className="mt-3 flex justify-between gap-6 text-16 leading-snug">
        <Line width="w-3/5" />
        <Line width="w-1/5" />
      </span>
      <span className="mt-2.5 block text-14">
        <Line width="w-2/5" />
      </span>
    </div>
  );
}

export function CardSkeletons({ count, className }: { count: number; className: string }) {
  const keys = Array.from({ length: count }, (_, index) => index);
  return (
    <div aria-hidden="true" className={`skeleton ${className}`}>
      {keys.map((key) => (
        <CardSkeleton key={key} />
      ))}
    </div>
  );
}

export function LineSkeletons({ widths }: { widths: string[] }) {
  return (
    <div aria-hidden="true" className="skeleton grid gap-3">
      {widths.map((width, index) => (
        <Line key={`${width}-${String(index)}`} width={width} />
      ))}
    </div>
  );
}
