import type { ReactNode } from 'react';

export type Column<Row> = {
  name: string;
  head: string;
  render: (row: Row) => ReactNode;
  /** Numbers stand under each other from the right. */
  numeric?: boolean;
};

/** Rows and columns; on a phone each row is a card under its first cell, and every value says its column. */
export function DataTable<Row>(props: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string | number;
}) {
  const [first, ...others] = props.columns;
  if (!first) return null;
  return (
    <table className="w-full border-collapse text-left max-md:block">
      <caption className="sr-only">{props.caption}</caption>
      <thead className="max-md:sr-only">
        <tr>
          {props.columns.map(({ name, head, numeric }) => (
            <th
              key={name}
              scope="col"
              className={`border-b-2 border-green px-3 py-2 text-note ${numeric ? 'text-right' : ''}`}
            >
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="max-md:block">
        {props.rows.map((row) => (
          <tr
            key={props.keyOf(row)}
            className="border-b border-hairline max-md:mb-3 max-md:block max-md:border max-md:border-t-2 max-md:border-t-green max-md:bg-white max-md:px-4 max-md:py-2"
          >
            <th scope="row" className="px-3 py-1.5 max-md:block max-md:px-0">
              {first.render(row)}
            </th>
            {others.map(({ name, head, render, numeric }) => (
              <td
                key={name}
                className={`px-3 py-1.5 max-md:flex max-md:min-h-9 max-md:items-center max-md:justify-between max-md:gap-4 max-md:px-0 ${numeric ? 'tabular-nums md:text-right' : ''}`}
              >
                {head ? (
                  <span aria-hidden="true" className="text-note text-quiet md:hidden">
                    {head}
                  </span>
                ) : null}
                {render(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
