import type { MonthlyReport } from '../../../src/contract/reports.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notices.tsx';
import { explain } from '../staff/explain.ts';
import { useMakeReport } from './use-make-report.ts';

/** Makes the report of a month as it is shown, and says why when it could not be made. */
export function MakeButton(props: { month: MonthlyReport; onMade?: () => void }) {
  const { words } = useStaff();
  const { reports } = words;
  const { make, busy, error } = useMakeReport(props.month);
  const failure = error ? explain(words, error) : null;
  return (
    <div data-screen-only>
      <Button
        type="button"
        busy={busy}
        pending={reports.making}
        onClick={() => void make().then((done) => done && props.onMade?.())}
      >
        {reports.make}
      </Button>
      <Failure
        text={failure && [failure.text, failure.note].filter(Boolean).join(' ')}
        className="mt-2 max-w-160"
      />
    </div>
  );
}
