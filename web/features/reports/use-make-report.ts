import { useRef } from 'react';
import {
  getMonthlyReport,
  getMonthlySummary,
  makeMonthlyReport,
  type MonthlyReport,
} from '../../../src/contract/reports.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { useToast } from '../../ui/toast.tsx';

/** Makes a month's report now, and says whether that came to a new version. */
export function useMakeReport({ doctor, year, month, report: latest }: MonthlyReport) {
  const { words, language } = useStaff();
  const { reports } = words;
  const toast = useToast();
  const { send, busy, error } = useWrite(makeMonthlyReport, {
    changes: [getMonthlyReport, getMonthlySummary],
  });
  // On a bad line what was made is told before the screen knows of it.
  const told = useRef<number | null>(null);
  const make = async (): Promise<boolean> => {
    const done = await send({ body: { year, month, doctorId: doctor.id } });
    if (!done) return false;
    const { id, version } = done.report;
    const number = digits(language, version ?? '');
    const unchanged = id === latest.id || id === told.current;
    told.current = id;
    toast({ text: unchanged ? reports.unchanged(number) : reports.made(number) });
    return true;
  };
  return { make, busy, error };
}
