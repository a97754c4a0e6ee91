import type { ReportGrouping } from '../../../src/contract/figures.ts';
import type { Figure, FigureValue } from '../../lib/figure-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { FigureLink } from './figure-link.tsx';

/** Groups and a few figures of each: narrow enough to stay a table on a phone and on paper. */
export function FigureTable(props: {
  caption: string;
  head: string;
  report: string;
  figures: readonly Figure[];
  groupBy: ReportGrouping;
  groups: readonly { key: string; label: string; values: Record<string, FigureValue> }[];
}) {
  const { language } = useStaff();
  const { figures, groupBy } = props;
  return (
    <div className="relative overflow-x-auto">
      <table className="w-full border-collapse text-left text-note">
        <caption className="sr-only">{props.caption}</caption>
        <thead>
          <tr>
            <th scope="col" className="border-b-2 border-green py-2 pr-2 align-bottom">
              {props.head}
            </th>
            {figures.map(({ name, title }) => (
              <th
                key={name}
                scope="col"
                className="border-b-2 border-green py-2 pl-2 text-right align-bottom"
              >
                {title[language]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {props.groups.map(({ key, label, values }) => (
            <tr key={key} className="border-b border-hairline">
              <th scope="row" className="py-0.5 pr-2 font-normal">
                {label}
              </th>
              {figures.map((figure) => (
                <td key={figure.name} className="py-0.5 pl-2 text-right tabular-nums">
                  <FigureLink
                    report={props.report}
                    figure={figure}
                    value={values[figure.name]}
                    within={{ groupBy, group: key, label }}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
