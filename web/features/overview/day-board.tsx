import { useState } from 'react';
import type { DayStanding, Overview } from '../../../src/contract/overview.ts';
import { digits } from '../../lib/digits.ts';
import { doctorName, localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';

const states = ['expected', 'arrived', 'inConsultation', 'completed', 'noShow', 'cancelled'] as const;
/** Of each doctor; the rest only stands in the sum. */
const ofDoctors = ['expected', 'arrived', 'completed', 'noShow'] as const;

/** Enough to see where the day is; a hospital has hundreds. */
const shownFirst = 6;

/** How today stands: all chambers in six numbers, then the busiest doctors, then on demand everyone. */
export function DayBoard({ today }: { today: Overview['today'] }) {
  const { words, language } = useStaff();
  const { overview } = words;
  const [all, setAll] = useState(false);
  const { doctors } = today;
  if (doctors.length === 0) return <Empty title={overview.nobodyToday}>{overview.nobodyTodayNote}</Empty>;
  return (
    <>
      <Totals all={today.all} />
      <DataTable
        caption={overview.byDoctor}
        rows={all ? doctors : doctors.slice(0, shownFirst)}
        keyOf={({ doctor, chamber }) => `${doctor.id}-${chamber.id}`}
        columns={[
          {
            name: 'doctor',
            head: overview.doctor,
            render: ({ doctor, chamber }) => (
              <>
                {doctorName(language, doctor)}
                <span className="block text-note font-normal text-quiet">{localName(language, chamber)}</span>
              </>
            ),
          },
          ...ofDoctors.map((state) => ({
            name: state,
            head: state === 'arrived' ? overview.here : overview.states[state],
            numeric: true,
            render: (row: DayStanding) =>
              digits(language, state === 'arrived' ? row.arrived + row.inConsultation : row[state]),
          })),
        ]}
      />
      {doctors.length > shownFirst ? (
        <div className="mt-4">
          <Button type="button" look="secondary" onClick={() => setAll(!all)}>
            {all ? overview.busiest : overview.everyone(digits(language, doctors.length))}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Totals({ all }: { all: DayStanding }) {
  const { words, language } = useStaff();
  return (
    <dl className="mb-6 grid max-w-200 grid-cols-3 gap-x-4 gap-y-3 border-y border-hairline py-4 md:grid-cols-6">
      {states.map((state) => (
        <div key={state} className="flex flex-col-reverse justify-end">
          <dt className="text-note text-quiet">{words.overview.states[state]}</dt>
          <dd className="numeral text-title">{digits(language, all[state])}</dd>
        </div>
      ))}
    </dl>
  );
}
