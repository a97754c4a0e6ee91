import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';

/** Of a report, which leaves out on paper what only a screen needs. */
export function PrintButton() {
  const { reports } = useStaff().words;
  return (
    <span data-screen-only>
      <Button type="button" look="secondary" onClick={() => window.print()}>
        {reports.print}
      </Button>
    </span>
  );
}
