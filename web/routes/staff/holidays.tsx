import { useState } from 'react';
import { listChambers } from '../../../src/contract/chambers.ts';
import {
  endHoliday,
  type Holiday,
  listHolidays,
  listPublicHolidays,
  patchHoliday,
} from '../../../src/contract/exceptions.ts';
import { useChange } from '../../features/changes/use-change.tsx';
import { HolidayForm } from '../../features/holidays/holiday-form.tsx';
import { HolidayTable } from '../../features/holidays/holiday-table.tsx';
import { PublicHolidays } from '../../features/holidays/public-holidays.tsx';
import { explain } from '../../features/staff/explain.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { yearIn } from '../../lib/calendar-search.ts';
import { digits } from '../../lib/digits.ts';
import { localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { focusHeading } from '../../ui/focus-heading.ts';
import { Notice } from '../../ui/notices.tsx';
import { PeriodLinks } from '../../ui/period-links.tsx';
import { Empty, Skeleton } from '../../ui/states.tsx';

/** The holidays of a year: those set here, and those that the country keeps. */
export function Holidays() {
  const { words, language, today } = useStaff();
  const { holidays: texts } = words;
  const year = yearIn(useScreenQuery().query, today());
  const dates = { from: `${year}-01-01`, until: `${year}-12-31` };
  const read = useRead(listHolidays, { query: dates });
  const country = useRead(listPublicHolidays, { query: { year } });
  const [form, setForm] = useState<{ open: boolean; old: Holiday | null }>({ open: false, old: null });
  const close = (): void => setForm({ ...form, open: false });
  const say = (which: number): string => digits(language, which);
  const present = Number(today().slice(0, 4));
  return (
    <Page
      title={texts.title}
      lead={texts.lead}
      actions={
        <Button type="button" onClick={() => setForm({ open: true, old: null })}>
          {texts.add}
        </Button>
      }
    >
      <PeriodLinks
        label={texts.years.nav}
        heading={texts.years.heading(say(year))}
        id="set-here"
        earlier={{ text: texts.years.earlier(say(year - 1)), query: { year: String(year - 1) } }}
        later={{ text: texts.years.later(say(year + 1)), query: { year: String(year + 1) } }}
        present={year === present ? null : { text: texts.years.present, query: {} }}
      />
      <Loaded read={read} skeleton={<Skeleton rows={8} />}>
        {({ items }) => (
          <>
            <SetHere year={year} items={items} onChange={(old) => setForm({ open: true, old })} />
            <div className="mt-8">
              <Loaded read={country} skeleton={<Skeleton rows={8} />}>
                {(answer) => <PublicHolidays year={year} items={answer.items} holidays={items} />}
              </Loaded>
            </div>
          </>
        )}
      </Loaded>
      <Dialog
        title={form.old ? texts.form.changeTitle : texts.form.newTitle}
        open={form.open}
        onClose={close}
        form
      >
        <HolidayForm old={form.old} onClose={close} onDone={close} />
      </Dialog>
    </Page>
  );
}

function SetHere(props: { year: number; items: readonly Holiday[]; onChange: (holiday: Holiday) => void }) {
  const { words, language, today } = useStaff();
  const { holidays: texts } = words;
  const chamberOf = useChamberNames(props.items);
  const change = useChange({
    changes: [listHolidays, listPublicHolidays],
    // What was pressed is gone with its row, or with what the holiday waited for.
    onDone: () => focusHeading('set-here'),
  });
  const year = digits(language, props.year);
  const nameOf = ({ name, nameBn }: Holiday): string => (language === 'bn' ? nameBn : name);
  const waiting = props.items.some(({ tentative, until }) => tentative && until >= today());
  return (
    <>
      {change.error ? (
        <div role="alert" className="mb-4">
          <Notice tone="error">{explain(words, change.error).text}</Notice>
        </div>
      ) : null}
      {waiting ? (
        <div className="mb-4 max-w-160">
          <Notice tone="waiting">
            <p className="font-semibold">{texts.moon.heading}</p>
            <p>{texts.moon.text}</p>
          </Notice>
        </div>
      ) : null}
      {props.items.length === 0 ? (
        <Empty title={texts.set.none(year)}>{texts.set.noneAdvice}</Empty>
      ) : (
        <HolidayTable
          caption={texts.set.title(year)}
          ofYear={`${props.year}-01-01`}
          holidays={props.items}
          chamberOf={chamberOf}
          busy={change.busy}
          onConfirm={(holiday) =>
            void change.review({
              title: texts.reviews.confirm(nameOf(holiday)),
              route: patchHoliday,
              input: { params: { id: holiday.id }, body: { tentative: false } },
              done: texts.done.confirmed,
            })
          }
          onChange={props.onChange}
          onDrop={(holiday) =>
            void change.review({
              title: texts.reviews.drop(nameOf(holiday)),
              route: endHoliday,
              input: { params: { id: holiday.id } },
              done: texts.done.dropped,
            })
          }
        />
      )}
      {change.dialog}
    </>
  );
}

/** Read only where a holiday is for one chamber. */
function useChamberNames(holidays: readonly Holiday[]): (id: number) => string {
  const { words, language } = useStaff();
  const read = useRead(
    listChambers,
    { query: { limit: 100 } },
    { enabled: holidays.some(({ chamberId }) => chamberId !== null), staleMs: 300_000 },
  );
  return (id) => {
    const chamber = read.data?.items.find((each) => each.id === id);
    return chamber
      ? localName(language, { fullName: chamber.name, nameBn: chamber.nameBn })
      : words.holidays.someChamber;
  };
}
