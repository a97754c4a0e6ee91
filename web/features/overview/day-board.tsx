import type { DayStanding, Overview } from '../../../src/contract/overview.ts';
import { digits } from '../../lib/digits.ts';
import { doctorName, localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Empty } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';

const states = ['expected', 'arrived', 'inConsultation', 'completed', 'noShow', 'cancelled'] as const;

/** How today stands: all chambers in six numbers, then every doctor. */
export function DayBoard({ today }: { today: Overview['today'] }) {
  const { words, language } = useStaff();
  const { overview } = words;
  if (today.doctors.length === 0)
    return <Empty title={overview.nobodyToday}>{overview.nobodyTodayNote}</Empty>;
  return (
    <>
      <Totals all={today.all} />
      <DataTable
        caption={overview.byDoctor}
        rows={today.doctors}
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
          ...states.map((state) => ({
            name: state,
            head: overview.states[state],
            numeric: true,
            render: (row: DayStanding) => digits(language, row[state]),
          })),
        ]}
      />
    </>
  );
}

function Totals({ all }: { all: DayStanding }) {
  const { words, language } = useStaff();
  return (
    <dl className="mb-6 grid grid-cols-3 gap-x-4 gap-y-3 border-y border-hairline py-4 lg:grid-cols-6">
      {states.map((state) => (
        <div key={state} className="flex flex-col-reverse">
          <dt className="text-note text-quiet">{words.overview.states[state]}</dt>
          <dd className="numeral text-title">{digits(language, all[state])}</dd>
        </div>
      ))}
    </dl>
  );
}
