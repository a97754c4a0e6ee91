import { type Import, listFindings } from '../../../src/contract/imports.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useDownload, useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { DataTable } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explainRead } from '../staff/explain.ts';
import { LoadedPages } from '../staff/loaded.tsx';
import { useImportWords } from './import-words.ts';

/** What was found, row by row: the first of it here, all of it in a file. */
export function Findings({ about }: { about: Import }) {
  const { language } = useStaff();
  const { findings } = useImportWords();
  const hindered = about.state === 'imported';
  const read = useReadPages(listFindings, { params: { id: about.id }, query: { limit: 50 } });
  return (
    <Panel
      id="findings"
      title={hindered ? findings.hindrances : findings.title}
      actions={<FileButton id={about.id} />}
    >
      <LoadedPages read={read} more={findings.more}>
        {(items) => (
          <DataTable
            caption={findings.title}
            rows={items.map((item, index) => ({ ...item, index }))}
            keyOf={({ index }) => index}
            columns={[
              {
                name: 'row',
                head: findings.row,
                render: ({ line }) =>
                  line === null ? findings.whole : findings.rowNumber(digits(language, line)),
              },
              {
                name: 'column',
                head: findings.column,
                render: ({ column }) => <span className="break-all">{column ?? '–'}</span>,
              },
              {
                name: 'value',
                head: findings.value,
                render: ({ value }) => (
                  <span className="break-words max-md:max-w-56 max-md:text-right md:max-w-64">
                    {value ?? '–'}
                  </span>
                ),
              },
              {
                name: 'todo',
                head: hindered ? findings.why : findings.todo,
                render: ({ says }) => (
                  <span className="max-md:max-w-64 max-md:text-right">{says[language]}</span>
                ),
              },
            ]}
          />
        )}
      </LoadedPages>
    </Panel>
  );
}

function FileButton({ id }: { id: number }) {
  const { words, language } = useStaff();
  const { findings, template } = useImportWords();
  const toast = useToast();
  const { save, busy, error } = useDownload(listFindings);
  return (
    <div>
      <Button
        type="button"
        look="secondary"
        size="dense"
        busy={busy}
        pending={template.making}
        onClick={() =>
          void save({ params: { id }, query: { format: 'csv', language } }).then(
            (name) => name !== null && toast({ text: template.saved(name) }),
          )
        }
      >
        {findings.csv}
      </Button>
      <p role="alert" className="text-note text-error">
        {error ? explainRead(words, error).text : null}
      </p>
    </div>
  );
}
