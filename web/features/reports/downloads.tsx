import { type ReactNode, useState } from 'react';
import type { ReportFormat } from '../../../src/contract/reports.ts';
import type { Route, RouteInput } from '../../../src/contract/route.ts';
import type { Language } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useDownload } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explainRead } from '../staff/explain.ts';

const formats = ['pdf', 'xlsx', 'csv'] as const satisfies readonly ReportFormat[];

type File = { format: (typeof formats)[number]; language: Language };

/** A report as a file, in the language that is chosen here. */
export function Downloads<R extends Route>(props: {
  /** What the files hold. */
  text: ReactNode;
  route: R;
  /** Asks the route for a file. */
  inputOf: (file: File) => RouteInput<R>;
  /** What a failure means here, where that is more than the failure says by itself. */
  explain?: (error: unknown) => string | null;
}) {
  const { words, language } = useStaff();
  const { download } = words.reports;
  const [inLanguage, setInLanguage] = useState<Language>(language);
  return (
    <div data-screen-only>
      <Panel id="download" title={download.title}>
        <p className="mb-3 max-w-160">{props.text}</p>
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
              <DownloadButton
                format={format}
                route={props.route}
                input={props.inputOf({ format, language: inLanguage })}
                explain={props.explain}
              />
            </li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

function DownloadButton<R extends Route>(props: {
  format: File['format'];
  route: R;
  input: RouteInput<R>;
  explain: ((error: unknown) => string | null) | undefined;
}) {
  const { words } = useStaff();
  const { download } = words.reports;
  const toast = useToast();
  const { save, busy, error } = useDownload(props.route);
  const name = props.format.toUpperCase();
  const start = async (): Promise<void> => {
    const saved = await save(props.input);
    if (saved !== null) toast({ text: download.saved(saved) });
  };
  const why = error ? (props.explain?.(error) ?? explainRead(words, error).text) : null;
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
      <p role="alert" className={why ? 'mt-2 max-w-96 text-error' : 'sr-only'}>
        {why ? download.failed(name, why) : null}
      </p>
    </>
  );
}
