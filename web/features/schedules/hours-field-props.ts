import type { HourSettings } from '../../../src/contract/hours.ts';
import type { FieldErrors } from '../../ui/notices.tsx';

export type HoursFieldProps = {
  /** What the fields begin with. */
  first: HourSettings;
  /** What they say now; NaN where that is no number. */
  typed: HourSettings;
  errors: FieldErrors;
  onType: (part: Partial<HourSettings>) => void;
};

export const asNumber = (value: string | null): number => (value === null ? Number.NaN : Number(value));
