import { Link } from '@tanstack/react-router';
import type { Figures, MonthlyReport, Report } from '../../../src/contract/reports.ts';
import { digits } from '../../lib/digits.ts';
import { changedFigures, changeText, figureName, valueOf, valueText } from '../../lib/report-figures.ts';
import { filled } from '../../lib/report-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Notice } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { DataTable } from '../../ui/table.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { MakeButton } from './make-button.tsx';
import { madeWhen, versionText } from './report-words.ts';

/** Which version is shown, how the books stand now beside it, and the way to make it anew. */
export function StandingPanel({ month, shown }: { month: MonthlyReport; shown: Report }) {
  const speaker = useStaff();
  const { change } = useScreenQuery();
  return (
    <Panel id="standing" title={versionText(speaker, shown)}>
      <Made shown={shown} />
      {shown.id === null ? null : shown.id === month.report.id ? (
        <SinceThen month={month} />
      ) : (
        <Earlier shown={shown} latest={month.report} />
      )}
      <MakeButton month={month} onMade={() => change({ version: null })} />
    </Panel>
  );
}

function Made({ shown }: { shown: Report }) {
  const speaker = useStaff();
  const { standing } = speaker.words.reports;
  const { id, madeBy, closed } = shown;
  const when = madeWhen(speaker, shown);
  if (id === null)
    return (
      <p className="mb-4 max-w-160">
        {standing.notMadeText} {closed ? standing.closed : standing.goesOn}
      </p>
    );
  return (
    <p className="mb-3 max-w-160">
      {madeBy ? standing.made(when, madeBy.fullName) : standing.bySchedule(when)}
      {speaker.language === 'bn' ? '। ' : '. '}
      {closed ? standing.closed : standing.open}
    </p>
  );
}

function SinceThen({ month: { report, now, changeSince } }: { month: MonthlyReport }) {
  const { words, language } = useStaff();
  const { reports } = words;
  const { standing, changes } = reports;
  if (!now || !changeSince)
    return (
      <div className="mb-4 max-w-160">
        <Notice tone="waiting">{words.refusals.codes.several_currencies}</Notice>
      </div>
    );
  const changed = changedFigures(changeSince);
  const column = (name: keyof typeof changes, of: Figures) => ({
    name,
    head: changes[name],
    numeric: true,
    render: (figure: (typeof changed)[number]) => valueText(language, valueOf(of, figure)),
  });
  if (changed.length === 0) return <p className="mb-4">{standing.same}</p>;
  return (
    <div className="mb-4">
      <div className="mb-3 max-w-160">
        <Notice tone="waiting">
          <p className="font-semibold">{standing.changed}</p>
          <p>{standing.changedText}</p>
        </Notice>
      </div>
      <DataTable
        caption={standing.changed}
        rows={changed}
        keyOf={(figure) => figure}
        columns={[
          {
            name: 'figure',
            head: changes.figure,
            render: (figure) => figureName(language, reports.figures, figure),
          },
          column('version', report),
          column('now', now),
          {
            name: 'change',
            head: changes.change,
            numeric: true,
            render: (figure) => changeText(language, valueOf(changeSince, figure)),
          },
        ]}
      />
    </div>
  );
}

function Earlier({ shown, latest }: { shown: Report; latest: Report }) {
  const { words, language } = useStaff();
  const { standing } = words.reports;
  const { version: _, ...query } = useScreenQuery().query;
  const say = ({ version }: Report): string => digits(language, version ?? '');
  return (
    <div className="mb-4 max-w-160">
      <Notice tone="off">
        <p>{standing.earlier(say(shown), say(latest))}</p>
        <Link
          to="."
          search={filled(query)}
          data-screen-only
          className="link inline-flex min-h-11 items-center"
        >
          {standing.toLatest}
        </Link>
      </Notice>
    </div>
  );
}
