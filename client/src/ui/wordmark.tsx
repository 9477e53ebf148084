/** The bird in profile, grey nape and pale eye, as the bird has them. */
export function BirdMark({ size = 32 }: { size?: number }) {
  return (
    <svg aria-hidden="true" width={size} height={size} viewBox="0 0 40 40">
      <path
        className="fill-ink"
        d="M4 39C5 25 7 5 21 5c6.5 0 10.3 3.6 11.6 8.6L39.5 17l-7 2.3C31.3 26 26.5 29 26 39Z"
      />
      <path
        className="fill-line-strong"
        d="M8.2 23.5C9 15.5 12 9.3 17.8 8.2c-1.9 5-2.3 13.3 1 20.3-5 .7-9.5-1-10.6-5Z"
      />
      <circle className="fill-ground" cx="25.8" cy="12.8" r="2.6" />
      <circle className="fill-ink" cx="26.3" cy="12.8" r="1.15" />
    </svg>
  );
}

export function Wordmark() {
  return (
    <span className="flex items-center gap-2">
      <BirdMark />
      <span className="font-title text-22 font-bold tracking-[-0.03em]">Jackdaw</span>
    </span>
  );
}
