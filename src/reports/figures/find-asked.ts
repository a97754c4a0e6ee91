import { z } from 'zod';
import { figureName, type FigureReportName } from '../../contract/figures.ts';
import type { Queryable } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { stretchesIn } from '../../scheduling/stretches.ts';
import { findZones } from '../monthly/queries.ts';
import type { Asked, Dates } from './policy.ts';
import { findChambers, findDoctors, findSpecializations, type Label, type Titled } from './queries.ts';

/** What a work about a report keeps of what was asked for: which one, of when and whom. */
export const keptFields = {
  report: figureName,
  from: z.string(),
  to: z.string(),
  doctorId: z.int().nullable(),
  chamberId: z.int().nullable(),
  specialization: z.string().nullable(),
};

/** What a report is narrowed to; null: not by that. */
export type Ids = Pick<Asked, 'doctorId' | 'chamberId' | 'specialization'>;

/** The same with names. */
export type Whose = {
  doctor: Titled | null;
  chamber: Titled | null;
  specialization: (Label & { code: string }) | null;
};

/** Refuses with `not_found` what there is not. */
export async function findWhose(
  on: Queryable,
  { doctorId, chamberId, specialization: code }: Ids,
): Promise<Whose> {
  return {
    doctor: doctorId === null ? null : existing(await findDoctors(on, [doctorId])),
    chamber: chamberId === null ? null : existing(await findChambers(on, [chamberId])),
    specialization:
      code === null ? null : existing((await findSpecializations(on)).filter((each) => each.code === code)),
  };
}

export const idsOf = ({ doctor, chamber, specialization }: Whose): Ids => ({
  doctorId: doctor?.id ?? null,
  chamberId: chamber?.id ?? null,
  specialization: specialization?.code ?? null,
});

/** The appointments or sittings of a report, with its dates as they lie in every zone that there is a chamber in. */
export async function findAsked(
  on: Queryable,
  { report, from, to, doctorId, chamberId, specialization }: Dates & Ids & { report: FigureReportName },
): Promise<Asked> {
  const zones = await findZones(on);
  const stretches = zones.flatMap((zone) => stretchesIn(zone, { from, to }));
  return { report, stretches, doctorId, chamberId, specialization };
}

function existing<Found>([found]: readonly Found[]): Found {
  if (found === undefined) throw new Problem('not_found');
  return found;
}
