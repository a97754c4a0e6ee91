import type { FigureOf, FigureReportName } from '../../src/contract/figures.ts';
import type { Figure } from './figure-values.ts';

/** What is shown of a report first, by the names of its figures. */
export type ReportView = {
  /** In large type on top. */
  headline: readonly string[];
  /** Lines of the trend: of one kind, four at most. */
  trend: readonly string[];
  /** Parts that come to a whole, in their order. */
  parts: readonly string[];
  /** What is drawn for each group until another figure is chosen. */
  compared: string;
  /** Steps on the way through an appointment, each with those who did not go further. */
  funnel: readonly { step: string; lost: readonly string[] }[];
};

/** A report that nobody has arranged yet shows its first figures, and a trend of those that are like the first. */
export function viewOf(name: string, figures: readonly Figure[]): ReportView {
  const arranged: Partial<Record<string, Partial<ReportView>>> = views;
  const kind = figures[0]?.kind;
  return {
    headline: figures.slice(0, 4).map((figure) => figure.name),
    trend: figures
      .filter((figure) => figure.kind === kind)
      .slice(0, 3)
      .map((figure) => figure.name),
    parts: [],
    compared: figures[0]?.name ?? '',
    funnel: [],
    ...arranged[name],
  };
}

type ViewOf<Name extends FigureReportName> = {
  [Part in 'headline' | 'trend' | 'parts']?: readonly FigureOf<Name>[];
} & {
  compared?: FigureOf<Name>;
  funnel?: readonly { step: FigureOf<Name>; lost: readonly FigureOf<Name>[] }[];
};

const views: { [Name in FigureReportName]?: ViewOf<Name> } = {
  outcomes: {
    headline: ['booked', 'came', 'completed', 'cancelled', 'no_show', 'missedShare'],
    trend: ['booked', 'came', 'cancelled', 'no_show'],
    funnel: [
      { step: 'booked', lost: ['cancelled', 'no_show', 'expired', 'pending', 'confirmed'] },
      { step: 'came', lost: ['arrived', 'in_consultation'] },
      { step: 'completed', lost: [] },
    ],
  },
  patients: { trend: ['patients', 'appointments'] },
  channels: {
    headline: ['booked', 'online', 'phone', 'walk_in'],
    trend: ['online', 'phone', 'walk_in'],
    parts: ['online', 'phone', 'walk_in'],
  },
  'busiest-hours': { headline: ['booked', 'appointments', 'came'] },
  'lead-time': {
    headline: ['measured', 'median', 'ninth'],
    trend: ['median', 'ninth'],
    compared: 'median',
    parts: ['underHour', 'underDay', 'under3Days', 'under7Days', 'under14Days', 'longer'],
  },
  'waiting-time': {
    headline: ['measured', 'median', 'ninth'],
    trend: ['median', 'ninth'],
    compared: 'median',
    parts: ['under15', 'under30', 'under60', 'under120', 'longer'],
  },
  punctuality: {
    headline: ['measured', 'median', 'ninth', 'onTimeShare'],
    trend: ['median', 'ninth'],
    compared: 'median',
    parts: ['early', 'under15', 'under30', 'under60', 'longer'],
  },
  capacity: {
    headline: ['places', 'filled', 'free', 'filledShare'],
    trend: ['places', 'filled', 'came'],
    compared: 'filledShare',
  },
  revenue: { headline: ['earned', 'taken', 'kept', 'due'], trend: ['earned', 'kept', 'due'] },
};
