import type { ReactNode } from 'react';
import { barOf } from '../lib/chart-scale.ts';

export type BarRow = {
  key: string;
  label: string;
  /** The bar's length; null where there is nothing to draw. */
  size: number | null;
  value: ReactNode;
  /** Below the value, smaller. */
  note?: string | undefined;
  /** Below the bar. */
  aside?: ReactNode;
};

/** Bars that are drawn in the table that tells their values: who cannot see them misses nothing. */
export function BarTable(props: {
  caption: string;
  heads: { label: string; value: string };
  rows: readonly BarRow[];
  /** Each bar stands in the middle, as of a funnel. */
  centred?: boolean;
}) {
  const sizes = props.rows.flatMap(({ size }) => size ?? []);
  return (
    <table className="w-full border-collapse text-left">
      <caption className="sr-only">{props.caption}</caption>
      <thead>
        <tr>
          <th scope="col" className="border-b-2 border-green py-2 pr-3 text-note">
            {props.heads.label}
          </th>
          <th scope="col" className="min-w-24 border-b-2 border-green py-2 pl-3 text-right text-note">
            {props.heads.value}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(({ key, label, size, value, note, aside }) => (
          <tr key={key} className="border-b border-hairline">
            <th scope="row" className="w-full py-2 pr-3 font-normal">
              <div className="grid grid-cols-1 items-center gap-x-4 gap-y-1 md:grid-cols-[13rem_minmax(0,1fr)]">
                <span className={props.centred ? 'font-semibold' : ''}>{label}</span>
                <Bar {...bar(size ?? 0, sizes, props.centred)} />
                {aside ? <div className="text-note md:col-start-2">{aside}</div> : null}
              </div>
            </th>
            <td className="py-2 pl-3 text-right align-top tabular-nums">
              {value}
              {note ? <span className="block text-note whitespace-nowrap text-quiet">{note}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Bar({ start, length }: { start: number; length: number }) {
  return (
    <span aria-hidden="true" className="block h-4 bg-off">
      <span className="ink block h-4 bg-green" style={{ marginLeft: `${start}%`, width: `${length}%` }} />
    </span>
  );
}

function bar(size: number, sizes: readonly number[], centred = false): { start: number; length: number } {
  const { start, length } = barOf(size, sizes);
  return centred ? { start: (100 - length) / 2, length } : { start, length };
}
