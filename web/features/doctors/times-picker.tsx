import type { ReactNode } from 'react';
import { formatDate } from '../../lib/dates.ts';
import type { Visit } from '../../lib/visit.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Note } from '../../ui/notices.tsx';
import { DayPlaces, type PlaceLinks } from './day-places.tsx';
import { DayStrip } from './day-strip.tsx';
import type { Times } from './find-times.ts';
import { ZoneNote } from './zone-note.tsx';

/** Days and the free places of one of them: for a booking, and for moving one. */
export function TimesPicker(props: {
  visit: Visit;
  times: Times;
  /** The page itself for another day, `date`, or other days, `from`. */
  hrefOf: (values: Record<string, string | null>) => string;
  links: PlaceLinks;
  /** Where nothing is free in the coming weeks. */
  none: ReactNode;
  /** Below a day on which nothing is free. */
  whenFull?: ReactNode;
}) {
  const { visit, times, hrefOf, links } = props;
  const { m, language } = visit;
  const { selected, nextFree, chamber } = times;
  return (
    <>
      {times.wrongDay ? <Note>{m.doctor.unknownDay}</Note> : null}
      {times.days.some(({ free }) => free > 0) ? (
        <DayStrip visit={visit} times={times} hrefOf={(date) => hrefOf({ date })} />
      ) : null}
      <p className="flex min-h-8 justify-between gap-4">
        {times.earlier ? (
          <a href={hrefOf({ from: times.earlier })} className="link inline-flex min-h-12 items-center">
            {m.doctor.earlierDays}
          </a>
        ) : (
          <span />
        )}
        {times.later && (nextFree || selected) ? (
          <a href={hrefOf({ from: times.later })} className="link inline-flex min-h-12 items-center">
            {m.doctor.laterDays}
          </a>
        ) : null}
      </p>
      <div id="times" tabIndex={-1} className="mt-4">
        {selected && selected.free > 0 ? (
          <>
            <h3 className="mb-4 border-t border-hairline pt-4 text-body">
              {m.doctor.timesOn(formatDate(language, selected.date))}
            </h3>
            <DayPlaces visit={visit} day={selected} links={links} />
            <ZoneNote visit={visit} zone={chamber.timeZone} />
          </>
        ) : (
          <div className="grid grid-cols-1 justify-items-start gap-4">
            {selected ? <p>{m.doctor.dayFull(formatDate(language, selected.date))}</p> : null}
            {nextFree ? (
              <ButtonLink href={hrefOf({ date: nextFree })}>
                {m.doctor.nextFreeDay(formatDate(language, nextFree))}
              </ButtonLink>
            ) : (
              props.none
            )}
            {props.whenFull}
          </div>
        )}
      </div>
    </>
  );
}
