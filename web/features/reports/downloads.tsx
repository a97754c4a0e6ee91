import { useState } from 'react';
import { getMonthlyReport, type MonthlyReport } from '../../../src/contract/reports.ts';
import type { Language } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useDownload } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explainRead } from '../staff/explain.ts';

const formats = ['pdf', 'xlsx', 'csv'] as const;

/** The month as a file, in the language that is chosen here. */
export function Downloads({ month }: { month: MonthlyReport }) {
  const { words, language } = useStaff();
  const { download } = words.reports;
  const [inLanguage, setInLanguage] = useState<Language>(language);
  return (
    <div data-screen-only>
      <Panel id="download" title={download.title}>
        <p className="mb-3 max-w-160">
          {download.text} {month.versions.length > 1 ? download.latest : null}
        </p>
        <TabChoice
          name="file-language"
          legend={download.language}
          value={inLanguage}
          options={(['bn', 'en'] as const).map((value) => ({ value, text: words.sent.languages[value] }))}
          onChange={(value) => setInLanguage(value === 'en' ? 'en' : 'bn')}
        />
        <ul className="mt-4 flex flex-wrap gap-3">
          {formats.map((format) => (
            <li key={format}>
              <DownloadButton month={month} format={format} language={inLanguage} />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function DownloadButton(props: {
  month: MonthlyReport;
  format: (typeof formats)[number];
  language: Language;
}) {
  const { words } = useStaff();
  const { download } = words.reports;
  const { format, language } = props;
  const { year, month, doctor } = props.month;
  const toast = useToast();
  const { save, busy, error } = useDownload(getMonthlyReport);
  const name = format.toUpperCase();
  const start = async (): Promise<void> => {
    const saved = await save({ query: { year, month, doctorId: doctor.id, format, language } });
    if (saved !== null) toast({ text: download.saved(saved) });
  };
  return (
    <>
      <Button
        type="button"
        look="secondary"
        label={busy ? download.pending : download.file(name)}
        busy={busy}
        pending={download.pending}
        onClick={() => void start()}
      >
        {name}
      </Button>
      <p role="alert" className={error ? 'mt-2 max-w-96 text-error' : 'sr-only'}>
        {error ? download.failed(name, explainRead(words, error).text) : null}
      </p>
    </>
  );
}
