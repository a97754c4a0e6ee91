import { isDate } from './dates.ts';
import { textIn } from './form-values.ts';

/**
 * The last of a form's dates: the first where the field was left empty. `otherwise` is any date, for a first one that cannot
 * be read: it alone is at fault then.
 */
export function lastDayIn(form: FormData, otherwise: string): string {
  const [first, last] = [textIn(form, 'from'), textIn(form, 'until')];
  if (last !== '') return last;
  return isDate(first) ? first : otherwise;
}
