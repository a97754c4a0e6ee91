import type { ImportKind } from '../../../src/contract/import-columns.ts';
import { getTemplate } from '../../../src/contract/imports.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useDownload, useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explainRead } from '../staff/explain.ts';
import { Loaded } from '../staff/loaded.tsx';
import { useImportWords } from './import-words.ts';

/** What a file of a kind looks like, and one to fill in. */
export function Template({ kind }: { kind: ImportKind }) {
  const { template } = useImportWords();
  return (
    <>
      <p className="mb-3 max-w-160">{template.text}</p>
      <ul className="mb-4 flex flex-wrap gap-3">
        {(['xlsx', 'csv'] as const).map((format) => (
          <li key={format}>
            <TemplateButton kind={kind} format={format} />
          </li>
        ))}
      </ul>
      <details>
        <summary className="link min-h-12 cursor-pointer py-2">{template.show}</summary>
        <Columns kind={kind} />
      </details>
    </>
  );
}

function TemplateButton({ kind, format }: { kind: ImportKind; format: 'xlsx' | 'csv' }) {
  const { words } = useStaff();
  const { template } = useImportWords();
  const toast = useToast();
  const { save, busy, error } = useDownload(getTemplate);
  return (
    <>
      <Button
        type="button"
        look="secondary"
        busy={busy}
        pending={template.making}
        onClick={() =>
          void save({ params: { kind }, query: { format } }).then(
            (name) => name !== null && toast({ text: template.saved(name) }),
          )
        }
      >
        {template[format]}
      </Button>
      <p role="alert" className="mt-1 text-note text-error">
        {error ? explainRead(words, error).text : null}
      </p>
    </>
  );
}

function Columns({ kind }: { kind: ImportKind }) {
  const { language } = useStaff();
  const { template } = useImportWords();
  const read = useRead(getTemplate, { params: { kind }, query: {} }, { staleMs: 3_600_000 });
  return (
    <Loaded read={read}>
      {({ columns }) => (
        <DataTable
          caption={template.title}
          rows={columns}
          keyOf={({ name }) => name}
          columns={[
            {
              name: 'name',
              head: template.column,
              render: ({ name, required }) => (
                <>
                  <span className="break-all">{name}</span>
                  {required ? (
                    <span className="block text-note font-normal text-quiet">{template.needed}</span>
                  ) : null}
                </>
              ),
            },
            {
              name: 'takes',
              head: template.takes,
              render: ({ says }) => <span className="max-md:text-right">{says[language]}</span>,
            },
            {
              name: 'example',
              head: template.example,
              render: ({ example }) => <span className="break-words max-md:text-right">{example}</span>,
            },
          ]}
        />
      )}
    </Loaded>
  );
}
