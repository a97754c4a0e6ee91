import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';

/** Says of a report that took too long to count what can be done about it. */
export function useTooMuch(): (error: unknown) => string | null {
  const { me, words } = useStaff();
  const { tooMuch } = words.figures;
  return (error) =>
    refusalOf(error)?.status === 503 ? tooMuch[me.userType === 'doctor' ? 'doctor' : 'admin'] : null;
}

/** The same of the rows behind a figure. */
export function useTooManyRows(): (error: unknown) => string | null {
  const { rows } = useStaff().words.figures;
  return (error) => (refusalOf(error)?.status === 503 ? rows.tooMuch : null);
}
