export type Series = { name: string; values: number[] };

const WIDTH = 560;
const HEIGHT = 180;
const LABEL_WIDTH = 120;
const DASHES = ["none", "7 4", "2 4", "10 4 2 4", "4 2", "12 5"];
const GUIDES = [0, 0.5, 1];

function scaleOf(series: Series[]): (value: number) => number {
  const all = series.flatMap(({ values }) => values);
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const span = high === low ? 1 : high - low;
  return (value) => HEIGHT - 12 - ((value - low) / span) * (HEIGHT - 24);
}

/** Lines with a dash and a name at their end, so that colour is never the only sign. Its table twin is in the frame. */
export function LineChart({ series }: { series: Series[] }) {
  const heightOf = scaleOf(series);
  const steps = Math.max(1, ...series.map(({ values }) => values.length - 1));
  const placeOf = (step: number) => (step / steps) * (WIDTH - LABEL_WIDTH);
  return (
    <svg viewBox={`0 0 ${String(WIDTH)} ${String(HEIGHT)}`} className="w-full" aria-hidden="true">
      {GUIDES.map((share) => (
        <line
          key={share}
          x1={0}
          x2={WIDTH - LABEL_WIDTH}
          y1={12 + share * (HEIGHT - 24)}
          y2={12 + share * (HEIGHT - 24)}
          className="stroke-line"
        />
      ))}
      {series.map(({ name, values }, index) => {
        const colour = `var(--series-${String((index % 6) + 1)})`;
        const points = values.map((value, step) => `${String(placeOf(step))},${String(heightOf(value))}`);
        return (
          <g key={name}>
            <polyline
              points={points.join(" ")}
              fill="none"
              stroke={colour}
              strokeWidth={2}
              strokeDasharray={DASHES[index % DASHES.length]}
            />
            <text
              x={WIDTH - LABEL_WIDTH + 8}
              y={heightOf(values.at(-1) ?? 0) + 4}
              fill={colour}
              fontSize={13}
              fontWeight={600}
            >
              {name}
            </text>
          </g>
        );
      })}
    </svg>
  );
}
