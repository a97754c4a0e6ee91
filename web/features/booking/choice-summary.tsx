import { formatDate } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { doctorName } from '../../lib/names.ts';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Facts } from '../../ui/facts.tsx';
import { chamberName } from '../doctors/chamber-facts.tsx';
import type { Choice } from './find-choice.ts';

/** What is about to be booked; stays in view from the choice to the confirmation. */
export function ChoiceSummary({ visit, choice }: { visit: Visit; choice: Choice }) {
  const { m, language } = visit;
  const { doctor, chamber, visitType, serial, startsAt } = choice;
  const date = wallDate(startsAt);
  const time = formatTime(language, wallTime(startsAt));
  return (
    <section aria-labelledby="choice" className="border-t-2 border-green bg-white px-4 pb-2">
      <div className="flex items-center justify-between gap-4 border-b border-hairline">
        <h2 id="choice" className="text-body">
          {m.booking.summary}
        </h2>
        <a
          href={withQuery(link(visit, `/d/${doctor.slug}`), {
            date,
            chamber: String(chamber.id),
            visit: visitType.kind,
          })}
          aria-label={m.booking.changeTime}
          data-gives-back
          className="link inline-flex min-h-12 items-center"
        >
          {m.booking.change}
        </a>
      </div>
      <Facts
        facts={[
          { name: m.booking.doctor, value: <strong>{doctorName(language, doctor)}</strong> },
          { name: m.booking.chamber, value: chamberName(visit, chamber) },
          { name: m.booking.day, value: <strong>{formatDate(language, date)}</strong> },
          serial
            ? {
                name: m.booking.serial,
                value: <strong>{m.booking.serialAbout(digits(language, serial.number), time)}</strong>,
              }
            : { name: m.booking.time, value: <strong className="whitespace-nowrap">{time}</strong> },
          { name: m.booking.visit, value: m.doctor.visitTypes[visitType.kind] },
          {
            name: m.booking.fee,
            value: (
              <>
                <strong className="whitespace-nowrap">{formatMoney(language, visitType.fee)}</strong>{' '}
                <span className="text-quiet">({m.booking.payThere})</span>
              </>
            ),
          },
        ]}
      />
    </section>
  );
}
