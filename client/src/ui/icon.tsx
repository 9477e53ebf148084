const PATHS = {
  search: "M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Zm4.8 11.3L20 20",
  heart: "M12 20s-7.5-4.6-7.5-10.2A4.3 4.3 0 0 1 12 7.2a4.3 4.3 0 0 1 7.5 2.6C19.5 15.4 12 20 12 20Z",
  cart: "M4 5h2.2l1.9 10.2h9.3L19.5 8H6.8M9.5 19.3h.01M16.5 19.3h.01",
  eye: "M3 12s3.3-6 9-6 9 6 9 6-3.3 6-9 6-9-6-9-6Zm9-2.6a2.6 2.6 0 1 1 0 5.2 2.6 2.6 0 0 1 0-5.2Z",
  person: "M12 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7ZM5 20c.6-3.7 3.4-5.5 7-5.5s6.4 1.8 7 5.5",
  more: "M6 11.1a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8ZM12 11.1a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8ZM18 11.1a.9.9 0 1 1 0 1.8.9.9 0 0 1 0-1.8Z",
  close: "M6 6l12 12M18 6L6 18",
  minus: "M6 12h12",
  plus: "M6 12h12M12 6v12",
  check: "M5 12.5l4.5 4.5L19 7.5",
  filters: "M4 7h10M18 7h2M4 17h2M10 17h10M14 4.5v5M6 14.5v5",
  arrow: "M5 12h14M13 6l6 6-6 6",
  up: "M12 19V6M6.5 11.5L12 6l5.5 5.5",
  clock: "M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Zm0 3.5V12l3 2",
  grid: "M5 5h5.5v5.5H5ZM13.5 5H19v5.5h-5.5ZM5 13.5h5.5V19H5ZM13.5 13.5H19V19h-5.5Z",
  tag: "M4.5 4.5h7l8 8-7 7-8-8ZM8.2 8.2h.01",
} as const;

/** What points along the line points the other way where lines run the other way. */
const MIRRORED: ReadonlySet<string> = new Set(["arrow"]);

export type IconName = keyof typeof PATHS;

/** A drawing beside words: it never carries the meaning alone, so it is hidden from screen readers. */
export function Icon({
  name,
  size = 20,
  isFilled = false,
}: {
  name: IconName;
  size?: number;
  isFilled?: boolean;
}) {
  return (
    <svg
      aria-hidden="true"
      className={MIRRORED.has(name) ? "rtl:-scale-x-100" : undefined}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill={isFilled ? "currentColor" : "none"}
      stroke="currentColor"
      strokeWidth={1.7}
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
