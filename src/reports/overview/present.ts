import type { Concern, DayStanding, Overview } from '../../contract/overview.ts';
import type { DoctorsDay, FoundConcern } from './queries.ts';

export const presentOverview = (
  { doctors, concerns }: { doctors: DoctorsDay[]; concerns: FoundConcern[] },
  now: Temporal.Instant,
): Overview => ({
  at: now.toString(),
  today: { all: doctors.reduce(add, nobody), doctors },
  // A row for each concern of the list, which is the type's.
  attention: Object.fromEntries(
    concerns.map((found) => [found.name, toldConcern(found)]),
  ) as Overview['attention'],
});

const nobody: DayStanding = {
  expected: 0,
  arrived: 0,
  inConsultation: 0,
  completed: 0,
  noShow: 0,
  cancelled: 0,
};

const add = (sum: DayStanding, day: DayStanding): DayStanding => ({
  expected: sum.expected + day.expected,
  arrived: sum.arrived + day.arrived,
  inConsultation: sum.inConsultation + day.inConsultation,
  completed: sum.completed + day.completed,
  noShow: sum.noShow + day.noShow,
  cancelled: sum.cancelled + day.cancelled,
});

const toldConcern = ({ count, since }: FoundConcern): Concern => ({
  count,
  since: since?.toString() ?? null,
});
