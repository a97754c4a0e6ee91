import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { stepMonth } from '../../lib/calendar-month.ts';
import { formatYearMonth, isDate } from '../../lib/dates.ts';
import { textIn } from '../../lib/form-values.ts';
import { lastFullMonth, queryOfMonth, readReportAddress } from '../../lib/report-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { MonthField } from '../../ui/parsed-field.tsx';
import { PeriodLinks } from '../../ui/period-links.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';

/** Which month is shown, and the ways to others: its neighbours, the last full one, or any by its name. */
export function MonthChoice() {
  const { words, language, today } = useStaff();
  const texts = words.reports.month;
  const { query } = useScreenQuery();
  const { month } = readReportAddress(query, today());
  const [earlier, later] = [-1, 1].map((step) => stepMonth(`${month}-01`, step).slice(0, 7)) as [
    string,
    string,
  ];
  const usual = lastFullMonth(today()).slice(0, 7);
  return (
    <div className="mb-4">
      <PeriodLinks
        id="month"
        label={texts.nav}
        heading={formatYearMonth(language, month)}
        earlier={{
          text: texts.earlier(formatYearMonth(language, earlier)),
          query: queryOfMonth(query, earlier),
        }}
        later={{ text: texts.later(formatYearMonth(language, later)), query: queryOfMonth(query, later) }}
        present={month === usual ? null : { text: texts.last, query: queryOfMonth(query, null) }}
      />
      {/* Drawn anew, and so folded, once another month is shown. */}
      <AnyMonth key={month} />
    </div>
  );
}

function AnyMonth() {
  const texts = useStaff().words.reports.month;
  const { change } = useScreenQuery();
  const [error, setError] = useState<string | undefined>(undefined);
  return (
    <details data-screen-only className="group border-y border-hairline">
      <summary className="flex min-h-12 items-center gap-2 font-semibold text-green">
        <ChevronRight aria-hidden="true" className="size-5 shrink-0 group-open:rotate-90" />
        {texts.other}
      </summary>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const month = textIn(new FormData(event.currentTarget), 'month');
          if (/^(20|21)\d\d-/.test(month) && isDate(`${month}-01`)) change({ month, version: null });
          else setError(texts.wrong);
        }}
        className="grid max-w-160 grid-cols-1 gap-2 pb-4"
      >
        <MonthField name="month" label={texts.field} hint={texts.hint} error={error} />
        <div>
          <Button look="secondary">{texts.show}</Button>
        </div>
      </form>
    </details>
  );
}
