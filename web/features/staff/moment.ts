import { useStaff } from '../../lib/staff/context.tsx';
import { formatMoment } from '../../lib/times.ts';

/** Tells an instant that belongs to no chamber, as `formatMoment` does. */
export function useMoment(): (instant: string) => string {
  const { language, today } = useStaff();
  return (instant) => formatMoment(language, instant, today());
}
