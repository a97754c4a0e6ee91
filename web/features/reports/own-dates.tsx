import { useState } from 'react';
import { textIn } from '../../lib/form-values.ts';
import { mistakeIn, type Dates } from '../../lib/report-period.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { DateField } from '../../ui/parsed-field.tsx';

/** The first and the last day of a period of one's own. */
export function OwnDates(props: { dates: Dates; onChoose: (dates: Dates) => void }) {
  const texts = useStaff().words.figures.filters;
  const [mistake, setMistake] = useState<ReturnType<typeof mistakeIn>>(null);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        const form = new FormData(event.currentTarget);
        const dates = { from: textIn(form, 'from'), to: textIn(form, 'to') };
        const found = mistakeIn(dates);
        setMistake(found);
        if (found === null) props.onChoose(dates);
      }}
      className="grid grid-cols-1 gap-4 sm:grid-cols-2 md:col-span-2 lg:col-span-4 lg:max-w-200"
    >
      <DateField
        name="from"
        label={texts.from}
        value={props.dates.from}
        error={mistake === 'from' ? texts.mistakes.from : undefined}
      />
      <DateField
        name="to"
        label={texts.to}
        value={props.dates.to}
        error={mistake === null || mistake === 'from' ? undefined : texts.mistakes[mistake]}
      />
      <div>
        <Button>{texts.show}</Button>
      </div>
    </form>
  );
}
