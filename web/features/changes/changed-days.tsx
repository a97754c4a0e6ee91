import { type ReactNode, useState } from 'react';
import { type ChangePreview, previewDays } from '../../../src/contract/changes.ts';
import { type ChangedDates, type DateOfAll, groupDays, sumByDate } from '../../lib/changed-days.ts';
import { formatShortDate, weekdayName } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import type { Language } from '../../lib/language.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { formatTime, wallDate, wallTime } from '../../lib/times.ts';
import { Button } from '../../ui/button.tsx';
import { useKit } from '../../ui/kit.tsx';
import { ChamberName } from './place-names.tsx';

/** What a change adds and takes away: in one sentence, then by date. */
export function ChangedDays({ preview }: { preview: ChangePreview }) {
  const { words, language } = useStaff();
  const { firstWeekday } = useKit();
  const { changes: texts } = words;
  const { days, daysChanged } = preview;
  if (daysChanged === 0) return null;
  const ofSeveral = new Set(days.map(({ doctorId }) => doctorId)).size > 1;
  return (
    <section aria-labelledby="change-days">
      <h3 id="change-days" className="text-lead">
        {texts.days}
      </h3>
      <p className="mb-2">
        {texts.daysChanged(digits(language, daysChanged), digits(language, previewDays))}{' '}
        <strong>{totals(preview, { language, texts })}</strong>
      </p>
      {ofSeveral ? <DatesOfAll dates={sumByDate(days)} /> : <Groups groups={groupDays(days, firstWeekday)} />}
      {daysChanged > days.length ? (
        <p className="mt-2 text-quiet">{texts.moreDays(digits(language, daysChanged - days.length))}</p>
      ) : null}
    </section>
  );
}

type Texts = { language: Language; texts: StaffWords['changes'] };

function totals({ placesAdded, placesRemoved }: ChangePreview, { language, texts }: Texts): string {
  const parts = [
    ...(placesAdded > 0 ? [texts.added(digits(language, placesAdded))] : []),
    ...(placesRemoved > 0 ? [texts.removed(digits(language, placesRemoved))] : []),
  ];
  return parts.length === 0 ? texts.samePlaces : `${parts.join(', ')}${language === 'bn' ? '।' : '.'}`;
}

const shownAtFirst = 5;

function Groups({ groups }: { groups: readonly ChangedDates[] }) {
  const ofSeveral = new Set(groups.map(({ chamberId }) => chamberId)).size > 1;
  return (
    <FirstFew
      items={groups}
      render={(group) => (
        <li
          key={`${group.chamberId} ${group.dates[0] ?? ''}`}
          className="border-t border-hairline py-2 first:border-t-2 first:border-t-green"
        >
          <Dates group={group} />
          {ofSeveral ? (
            <p className="text-note text-quiet">
              <ChamberName doctorId={group.doctorId} chamberId={group.chamberId} />
            </p>
          ) : null}
          <BeforeAndAfter group={group} />
        </li>
      )}
    />
  );
}

/** `Saturday, Monday · 26 dates, Sat 28 Nov to Mon 22 Feb`. */
function Dates({ group }: { group: ChangedDates }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  const { dates, weekdays, unbroken } = group;
  const [first = '', last = ''] = [dates[0], dates.at(-1)];
  if (dates.length === 1) return <p className="font-semibold">{formatShortDate(language, first)}</p>;
  const span = texts.fromTo(formatShortDate(language, first), formatShortDate(language, last));
  const count = texts.dates(digits(language, dates.length));
  const named =
    weekdays.length === 7
      ? texts.everyDay
      : weekdays.map((weekday) => weekdayName(language, weekday)).join(', ');
  return (
    <p>
      <strong>{unbroken ? span : named}</strong>
      <span className="text-note text-quiet"> · {unbroken ? count : `${count}, ${span}`}</span>
    </p>
  );
}

function BeforeAndAfter({ group }: { group: ChangedDates }) {
  const { changes: texts } = useStaff().words;
  return (
    <dl className="mt-1 grid grid-cols-[auto_minmax(0,1fr)] gap-x-3">
      <dt className="text-quiet">{texts.before}</dt>
      <dd>
        <Sittings sittings={group.before} />
      </dd>
      <dt className="text-quiet">{texts.after}</dt>
      <dd className="font-semibold">
        <Sittings sittings={group.after} />
      </dd>
    </dl>
  );
}

function Sittings({ sittings }: { sittings: ChangedDates['after'] }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  if (sittings.length === 0) return texts.closed;
  return (
    <ul>
      {sittings.map(({ startsAt, endsAt, mode, places }) => {
        const until = formatTime(language, wallTime(endsAt));
        const late = wallDate(endsAt) > wallDate(startsAt);
        return (
          <li key={startsAt}>
            {texts.range(formatTime(language, wallTime(startsAt)), late ? texts.nextDay(until) : until)}
            <span className="text-note font-normal text-quiet">
              {' '}
              · {texts.sitting(texts.modes[mode], digits(language, places))}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** A holiday concerns all doctors: how many, and how much they lose, is what can be read. */
function DatesOfAll({ dates }: { dates: readonly DateOfAll[] }) {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  return (
    <FirstFew
      items={dates}
      render={({ date, doctors, added, removed }) => (
        <li key={date} className="border-t border-hairline py-2 first:border-t-2 first:border-t-green">
          <strong>{formatShortDate(language, date)}</strong> · {texts.doctors(digits(language, doctors))}
          {added > 0 ? `, ${texts.added(digits(language, added))}` : ''}
          {removed > 0 ? `, ${texts.removed(digits(language, removed))}` : ''}
        </li>
      )}
    />
  );
}

function FirstFew<Item>(props: { items: readonly Item[]; render: (item: Item) => ReactNode }) {
  const { words, language } = useStaff();
  const [all, setAll] = useState(false);
  const { items } = props;
  const list = <ul>{(all ? items : items.slice(0, shownAtFirst)).map(props.render)}</ul>;
  if (all || items.length <= shownAtFirst) return list;
  return (
    <>
      {list}
      <Button type="button" look="secondary" onClick={() => setAll(true)}>
        {words.changes.showAll(digits(language, items.length))}
      </Button>
    </>
  );
}
