import { figureReports, type FigureReportName, type ReportGrouping } from '../../../src/contract/figures.ts';
import { groupingsFor, readFigureAddress } from '../../lib/figure-address.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';

/** By what the groups of a screen are gathered: what its address says, as far as the report is told by it. */
export function useGrouping(name: FigureReportName): {
  by: ReportGrouping | null;
  choices: ReportGrouping[];
} {
  const { me, today } = useStaff();
  const { by, doctorId, chamberId } = readFigureAddress(useScreenQuery().query, today());
  const choices = groupingsFor(figureReports[name].groupings, {
    doctor: me.userType === 'doctor' || doctorId !== null,
    chamber: chamberId !== null,
  });
  // One doctor may have one chamber only, but always a week.
  const usual = choices.includes('doctor') ? 'doctor' : 'weekday_hour';
  const asked = choices.find((choice) => choice === by);
  return { by: asked ?? choices.find((choice) => choice === usual) ?? choices[0] ?? null, choices };
}
