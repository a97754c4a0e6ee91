/* oxlint-disable jsx-a11y/prefer-tag-over-role -- what is drawn here is an image, and no file of one */
import { along, everyNth, stretchesOf } from '../lib/chart-scale.ts';
import { useWidth } from './use-width.ts';

export type ChartLine = {
  name: string;
  /** Null where nothing was measured: the line breaks. */ values: (number | null)[];
};

type Mark = {
  /** Below the axis. */ text: string;
  /** What a pointer is told: the mark with its values. */ title: string;
};

// Told apart without colour too: by dashes and by the shape of their points.
const looks = [
  {
    stroke: 'stroke-green',
    fill: 'fill-green',
    dash: undefined,
    point: 'M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0',
  },
  { stroke: 'stroke-ink', fill: 'fill-ink', dash: '7 4', point: 'M-3.5 -3.5h7v7h-7z' },
  { stroke: 'stroke-waiting', fill: 'fill-waiting', dash: '2 4', point: 'M0 -4.5L4.5 3.5H-4.5z' },
  { stroke: 'stroke-info', fill: 'fill-info', dash: '11 4 2 4', point: 'M0 -5L5 0L0 5L-5 0z' },
] as const;

/** One image of lines over time; what it shows is said in words and in a table beside it. */
export function LineChart(props: {
  label: string;
  /** Id of the sentence that says what is to be seen. */
  describedBy: string;
  lines: readonly ChartLine[];
  marks: readonly Mark[];
  /** From the lowest to the highest. */
  ticks: readonly number[];
  tickText: (tick: number) => string;
}) {
  const [box, width] = useWidth();
  const { lines, marks, ticks } = props;
  const texts = ticks.map(props.tickText);
  const height = width < 480 ? 220 : 280;
  const left = Math.max(...texts.map((text) => text.length)) * 8 + 8;
  const area = { top: 10, bottom: height - 28, left, right: width - 8 };
  const step = (area.right - area.left) / Math.max(1, marks.length);
  const x = (index: number): number => area.left + (index + 0.5) * step;
  const range = { low: ticks[0] ?? 0, high: ticks.at(-1) ?? 1 };
  const y = (value: number): number => area.bottom - along(value, range) * (area.bottom - area.top);
  return (
    <div ref={box}>
      {lines.length > 1 ? <Legend lines={lines} /> : null}
      <svg
        role="img"
        aria-label={props.label}
        aria-describedby={props.describedBy}
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        className="block"
      >
        {ticks.map((tick, index) => (
          <g key={tick}>
            <line
              x1={area.left}
              x2={area.right}
              y1={y(tick)}
              y2={y(tick)}
              className={tick === 0 ? 'stroke-edge' : 'stroke-hairline'}
            />
            <text x={area.left - 8} y={y(tick)} dy="0.35em" textAnchor="end" className={axis}>
              {texts[index]}
            </text>
          </g>
        ))}
        <Marks marks={marks} x={x} y={area.bottom + 20} step={step} right={area.right} />
        {lines.map(({ name, values }, index) => (
          <Line
            key={name}
            values={values}
            x={x}
            y={y}
            look={looks[index % looks.length] ?? looks[0]}
            crowded={step < pointWidth}
          />
        ))}
        {marks.map(({ text, title }, index) => (
          <rect
            key={`${text} ${title}`}
            x={x(index) - step / 2}
            y={area.top}
            width={step}
            height={area.bottom - area.top}
            fill="transparent"
          >
            <title>{title}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}

const axis = 'fill-quiet text-[0.8125rem]';

// Points nearer than this hide each other and the lines.
const pointWidth = 14;

// Room for a date such as `25 Nov`.
const markWidth = 64;

function Marks(props: {
  marks: readonly Mark[];
  x: (index: number) => number;
  y: number;
  step: number;
  /** Where the drawing ends. */
  right: number;
}) {
  const { marks, step } = props;
  const nth = everyNth(marks.length, (marks.length * step) / markWidth);
  return marks.map(({ text, title }, index) =>
    index % nth === 0 ? (
      <text
        key={title}
        x={props.x(index)}
        y={props.y}
        // It would be cut off at the edge.
        textAnchor={props.x(index) + markWidth / 2 > props.right + 8 ? 'end' : 'middle'}
        className={axis}
      >
        {text}
      </text>
    ) : null,
  );
}

function Line(props: {
  values: readonly (number | null)[];
  x: (index: number) => number;
  y: (value: number) => number;
  look: (typeof looks)[number];
  /** No room for points, except for those that stand alone. */
  crowded: boolean;
}) {
  const { x, y, look } = props;
  const stretches = stretchesOf(props.values);
  return (
    <>
      {stretches.map((points) => (
        <polyline
          key={points[0]?.index}
          points={points.map(({ index, value }) => `${x(index)},${y(value)}`).join(' ')}
          fill="none"
          strokeWidth="2.5"
          strokeDasharray={look.dash}
          className={look.stroke}
        />
      ))}
      {stretches
        .filter((points) => points.length === 1 || !props.crowded)
        .flat()
        .map(({ index, value }) => (
          <path
            key={index}
            d={look.point}
            transform={`translate(${x(index)} ${y(value)})`}
            className={look.fill}
          />
        ))}
    </>
  );
}

function Legend({ lines }: { lines: readonly ChartLine[] }) {
  return (
    <ul aria-hidden="true" className="mb-2 flex flex-wrap gap-x-5 gap-y-1 text-note">
      {lines.map(({ name }, index) => {
        const look = looks[index % looks.length] ?? looks[0];
        return (
          <li key={name} className="flex items-center gap-2">
            <svg viewBox="0 0 36 12" width="36" height="12" className="shrink-0">
              <line
                x1="0"
                x2="36"
                y1="6"
                y2="6"
                strokeWidth="2.5"
                strokeDasharray={look.dash}
                className={look.stroke}
              />
              <path d={look.point} transform="translate(18 6)" className={look.fill} />
            </svg>
            {name}
          </li>
        );
      })}
    </ul>
  );
}
