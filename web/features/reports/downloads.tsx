import { type ReactNode, useState } from 'react';
import type { FileFormat } from '../../../src/contract/reports.ts';
import type { Route, RouteInput } from '../../../src/contract/route.ts';
import type { Language } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useDownload } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explainRead } from '../staff/explain.ts';

const formats: readonly FileFormat[] = ['pdf', 'xlsx', 'csv'];

type File = { format: FileFormat; language: Language };

/** A report as a file, in the language that is chosen here. */
export function Downloads(props: {
  /** What the files hold. */
  text: ReactNode;
  /** The button that gives a file. */
  children: (file: File) => ReactNode;
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
            <li key={format}>{props.children({ format, language: inLanguage })}</li>
          ))}
        </ul>
      </Panel>
    </div>
  );
}

export function DownloadButton<R extends Route>(props: {
  format: FileFormat;
  /** With what it is asked for the file. */
  route: R;
  input: RouteInput<R>;
  /** What a failure means here, where that is more than the failure says by itself, and what can be done about it. */
  explain?: (error: unknown) => string | null;
  way?: ReactNode;
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
  const own = error ? (props.explain?.(error) ?? null) : null;
  const why = error ? (own ?? explainRead(words, error).text) : null;
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
      <Failure text={why && download.failed(name, why)} className="mt-2 max-w-96" />
      {own === null ? null : <div className="mt-2">{props.way}</div>}
    </>
  );
}
