import type { Tx } from '../../platform/database.ts';
import type { DemoDoctor } from './make-doctors.ts';
import type { Staff } from './make-people.ts';

type Input = { doctors: readonly DemoDoctor[]; staff: Staff; now: Temporal.Instant };

/**
 * Attaches each assistant to the chambers of their division; where there are two, the first has a handful, such as one
 * person runs, with the first doctor's and both kinds of hours among them. Answers who runs the desk, by chamber.
 */
export async function makeDesks(tx: Tx, { doctors, staff, now }: Input): Promise<Map<number, number>> {
  const desks = new Map<number, number>();
  for (const [division, there] of Map.groupBy(doctors, ({ city }) => city.division)) {
    const [first, ...helping] = staff.assistants
      .filter((assistant) => assistant.division === division)
      .toSorted((a, b) => Number(a.helping) - Number(b.helping));
    if (!first) throw new Error(`nobody runs the desks of ${division}`);
    const handful = chooseHandful(there);
    const others = helping[0] ?? first;
    for (const chamberId of chambersOf(there))
      desks.set(chamberId, (handful.has(chamberId) ? first : others).userId);
  }
  await tx
    .insertInto('assistant_attachments')
    .values(
      [...desks].map(([chamber_id, assistant_id]) => ({
        chamber_id,
        assistant_id,
        created_by: staff.adminId,
        created_at: now.subtract({ hours: 24 * 590 }).toString(),
      })),
    )
    .execute();
  return desks;
}

const perMode = 3;

const chooseHandful = (doctors: readonly DemoDoctor[]): ReadonlySet<number> =>
  new Set([
    ...chambersOf(doctors.slice(0, 1)),
    ...(['serial', 'timed'] as const).flatMap((mode) =>
      [...chambersOf(doctors.filter((doctor) => doctor.mode === mode))].slice(0, perMode),
    ),
  ]);

const chambersOf = (doctors: readonly DemoDoctor[]): Set<number> =>
  new Set(doctors.flatMap(({ rules }) => rules.map(({ chamberId }) => chamberId)));
