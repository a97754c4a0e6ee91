import { Link } from '@tanstack/react-router';
import { type Import, listImports } from '../../../src/contract/imports.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Empty } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useMoment } from '../staff/moment.ts';
import { LoadedPages } from '../staff/loaded.tsx';
import { countText, standingOf, standingTones, useImportWords } from './import-words.ts';

/** What was handed over so far, whoever did it. */
export function History() {
  const { language } = useStaff();
  const moment = useMoment();
  const { history, kinds } = useImportWords();
  const read = useReadPages(listImports, { query: { limit: 20 } }, { everyMs: 10_000 });
  return (
    <LoadedPages read={read} more={history.more}>
      {(items) =>
        items.length === 0 ? (
          <Empty title={history.none}>{history.noneText}</Empty>
        ) : (
          <DataTable
            caption={history.title}
            rows={items}
            keyOf={({ id }) => id}
            columns={[
              {
                name: 'file',
                head: history.file,
                render: ({ id, fileName }) => (
                  <Link
                    to="/imports/$importId"
                    params={{ importId: String(id) }}
                    className="link inline-flex min-h-9 items-center break-all"
                  >
                    {fileName}
                  </Link>
                ),
              },
              { name: 'what', head: history.what, render: ({ kind }) => kinds[kind] },
              { name: 'state', head: history.state, render: (about) => <StandingTag about={about} /> },
              {
                name: 'rows',
                head: history.rows,
                numeric: true,
                render: ({ counts }) => (counts ? countText(language, counts.rows) : '–'),
              },
              { name: 'by', head: history.by, render: ({ createdBy }) => createdBy.fullName },
              {
                name: 'when',
                head: history.when,
                render: ({ createdAt }) => moment(createdAt),
              },
            ]}
          />
        )
      }
    </LoadedPages>
  );
}

export function StandingTag({ about }: { about: Import }) {
  const { states } = useImportWords();
  const standing = standingOf(about);
  return <Tag tone={standingTones[standing]}>{states[standing]}</Tag>;
}
