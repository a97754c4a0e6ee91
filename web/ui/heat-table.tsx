import type { ReactNode } from 'react';
import { shadeOf, shades } from '../lib/chart-scale.ts';

type Head = { key: string; text: string; /** In full, where the text is short. */ name?: string };

/** A table whose cells are the darker the more they have; the numbers in them stay legible in every shade. */
export function HeatTable(props: {
  caption: string;
  corner: string;
  columns: readonly Head[];
  rows: readonly Head[];

  /** As narrow as a column may be, in pixels: where that is too wide for the screen the table scrolls. */
  narrowest: number;
  sizeOf: (row: string, column: string) => number;
  renderCell: (row: string, column: string) => ReactNode;
  /** What the lightest and the darkest shade mean. */
  legend: { least: string; most: string };
}) {
  const cells = props.rows.map((row) => ({
    ...row,
    cells: props.columns.map((column) => ({
      key: column.key,
      size: props.sizeOf(row.key, column.key),
      content: props.renderCell(row.key, column.key),
    })),
  }));
  const greatest = Math.max(0, ...cells.flatMap((row) => row.cells.map(({ size }) => size)));
  return (
    <>
      <div className="relative overflow-x-auto">
        <table
          style={{ minWidth: 64 + props.columns.length * props.narrowest }}
          className="w-full table-fixed border-separate border-spacing-px"
        >
          <caption className="sr-only">{props.caption}</caption>
          <thead>
            <tr>
              <th scope="col" className="w-16 text-left text-note sm:w-24">
                <span className="sr-only">{props.corner}</span>
              </th>
              {props.columns.map(({ key, text, name }) => (
                <th
                  key={key}
                  scope="col"
                  abbr={name}
                  className="pb-1 text-center text-[0.8125rem] font-normal text-quiet"
                >
                  {text}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cells.map((row) => (
              <tr key={row.key}>
                <th
                  scope="row"
                  className="pr-2 text-right text-note font-normal whitespace-nowrap text-quiet"
                >
                  {row.text}
                </th>
                {row.cells.map(({ key, size, content }) => (
                  <td
                    key={key}
                    data-shade={shadeOf(size, greatest)}
                    className="ink heat h-10 p-0 text-center tabular-nums"
                  >
                    {content}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p
        aria-hidden="true"
        className="mt-3 flex flex-wrap items-center justify-end gap-2 text-note text-quiet"
      >
        {props.legend.least}
        <span className="flex gap-px">
          {Array.from({ length: shades + 1 }, (_, shade) => (
            <span key={shade} data-shade={shade} className="ink heat h-4 w-6" />
          ))}
        </span>
        {props.legend.most}
      </p>
    </>
  );
}
