import { ChevronRight } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import {
  adoptHolidays,
  type Holiday,
  listHolidays,
  listPublicHolidays,
  type PublicHoliday,
} from '../../../src/contract/exceptions.ts';
import { formatSpan } from '../../lib/date-spans.ts';
import { digits } from '../../lib/digits.ts';
import { allIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckChoices } from '../../ui/check.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { focusHeading } from '../../ui/focus-heading.ts';
import { Panel } from '../../ui/panel.tsx';
import { Empty } from '../../ui/states.tsx';
import { Tag } from '../../ui/tag.tsx';
import { type Change, useChange } from '../changes/use-change.tsx';
import { Form, FormActions } from '../staff/form.tsx';

/** What the country keeps in a year: which of it is set here, and the way to set the rest. */
export function PublicHolidays(props: {
  year: number;
  items: readonly PublicHoliday[];
  /** Those set here. */
  holidays: readonly Holiday[];
}) {
  const { words, language, today } = useStaff();
  const { public: texts } = words.holidays;
  const year = digits(language, props.year);
  const say = usePublicWords(props.year);
  // The form goes with the last that was open.
  const change = useChange({
    changes: [listHolidays, listPublicHolidays],
    onDone: () => focusHeading('public'),
  });
  const set = props.items.filter(({ holidayId }) => holidayId !== null);
  const unset = props.items.filter(({ holidayId }) => holidayId === null);
  const open = unset.filter(({ until }) => until >= today());
  const over = unset.filter(({ until }) => until < today());
  return (
    <Panel title={texts.title(year)} id="public">
      {props.items.length === 0 ? <Empty title={texts.none(year)}>{texts.noneAdvice}</Empty> : null}
      {open.length > 0 ? (
        // Ticked anew whenever others are open.
        <AdoptForm key={open.map(valueOf).join()} year={props.year} open={open} change={change} />
      ) : null}
      {props.items.length > 0 && open.length === 0 ? <p className="mb-4">{texts.allSet}</p> : null}
      {set.length > 0 ? (
        <Group title={texts.set(digits(language, set.length))}>
          {set.map((each) => {
            const here = props.holidays.find(({ id }) => id === each.holidayId);
            const moved = here && (here.from !== each.from || here.until !== each.until);
            return (
              <Row key={valueOf(each)} name={say.name(each)} dates={say.dates(each)}>
                {moved ? <Tag tone="info">{texts.as(say.dates(here))}</Tag> : null}
              </Row>
            );
          })}
        </Group>
      ) : null}
      {over.length > 0 ? (
        <Group title={texts.over(digits(language, over.length))}>
          {over.map((each) => (
            <Row key={valueOf(each)} name={say.name(each)} dates={say.dates(each)} />
          ))}
        </Group>
      ) : null}
      {change.dialog}
    </Panel>
  );
}

function AdoptForm(props: { year: number; open: readonly PublicHoliday[]; change: Change }) {
  const { change } = props;
  const { words, language } = useStaff();
  const { holidays, changes } = words;
  const { public: texts, errors: problems } = holidays;
  const say = usePublicWords(props.year);
  const all = props.open.map(valueOf);
  // A group of boxes keeps its ticks by itself: to tick all or none it is drawn anew.
  const [drawn, setDrawn] = useState({ number: 0, values: all });
  const draw = (values: string[]): void => setDrawn({ number: drawn.number + 1, values });
  const [mistakes, setMistakes] = useState<FieldErrors>({});
  const send = async (form: FormData): Promise<void> => {
    const chosen = allIn(form, 'only');
    setMistakes(chosen.length > 0 ? {} : { only: problems.only });
    change.clear();
    if (chosen.length === 0) return;
    await change.review({
      title: holidays.reviews.adopt(digits(language, chosen.length)),
      route: adoptHolidays,
      input: { body: { year: props.year, only: chosen.map(readValue) } },
      done: holidays.done.adopted,
    });
  };
  return (
    <div className="mb-6">
      <p className="mb-4 max-w-160">{texts.text}</p>
      <Form error={change.error} fieldTexts={problems} ownErrors={mistakes} onSubmit={send}>
        {(errors) => (
          <>
            <CheckChoices
              key={drawn.number}
              name="only"
              legend={texts.open}
              error={errors['only'] ?? errors['year']}
              values={drawn.values}
              options={props.open.map((each) => ({
                value: valueOf(each),
                text: [say.name(each), say.dates(each), ...(each.moonSighted ? [texts.moon] : [])].join(
                  ' · ',
                ),
              }))}
            />
            <FormActions>
              <Button busy={change.busy} pending={changes.looking}>
                {texts.adopt}
              </Button>
              <Button type="button" look="secondary" onClick={() => draw(all)}>
                {texts.tickAll}
              </Button>
              <Button type="button" look="secondary" onClick={() => draw([])}>
                {texts.tickNone}
              </Button>
            </FormActions>
          </>
        )}
      </Form>
    </div>
  );
}

/** What needs nobody's hand stays folded. */
function Group(props: { title: string; children: ReactNode }) {
  return (
    <details className="group border-t border-hairline">
      <summary className="flex min-h-12 items-center gap-2 font-semibold">
        <ChevronRight aria-hidden="true" className="size-5 shrink-0 group-open:rotate-90" />
        {props.title}
      </summary>
      <ul className="mb-3">{props.children}</ul>
    </details>
  );
}

function Row(props: { name: string; dates: string; children?: ReactNode }) {
  return (
    <li className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 border-t border-hairline py-2">
      <span className="min-w-0">
        {props.name}
        <span className="block text-note text-quiet">{props.dates}</span>
      </span>
      {props.children}
    </li>
  );
}

function usePublicWords(year: number) {
  const { language } = useStaff();
  return {
    name: ({ name, nameBn }: PublicHoliday): string => (language === 'bn' ? nameBn : name),
    // The heading says the year.
    dates: (each: Holiday | PublicHoliday): string => formatSpan(language, each, `${year}-01-01`),
  };
}

// A public holiday is known by its first date and its English name.
const valueOf = ({ from, name }: PublicHoliday): string => `${from} ${name}`;
const readValue = (value: string) => ({ from: value.slice(0, 10), name: value.slice(11) });
