import type { ChangePreview } from '../../contract/changes.ts';
import type { createException as route, Exception } from '../../contract/exceptions.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { refuseChamber } from '../chambers/refuse-chamber.ts';
import { presentException } from './present.ts';
import { findException } from './queries.ts';
import { writeRules } from './write-exception.ts';

export type NewException = RouteRequest<typeof route>['body'] & { doctorId: number };

/** Sets other hours on some dates, or time off. */
export const createException = (
  db: Database,
  input: NewException,
  request: ChangeRequest,
): Promise<{ exception: Exception } | ChangePreview> =>
  changeCalendar(
    db,
    { ...request, scope: { doctorId: input.doctorId }, why: whyOf(input.kind) },
    async (tx) => {
      const exceptionId = await insert(tx, input, request);
      if (input.kind === 'other_hours') await writeRules(tx, exceptionId, input);
      const row = await findException(tx, { doctorId: input.doctorId, exceptionId });
      if (!row) throw new Error('the exception just written is not there');
      return { exception: presentException(row) };
    },
  );

/** For the history of the appointments concerned. */
export const whyOf = (kind: NewException['kind']): string =>
  kind === 'time_off' ? 'The doctor is away.' : 'The doctor has other hours on that date.';

async function insert(tx: Tx, input: NewException, { by, now }: ChangeRequest): Promise<number> {
  try {
    const { id } = await tx
      .insertInto('exceptions')
      .values({
        kind: input.kind,
        doctor_id: input.doctorId,
        chamber_id: input.chamberId,
        from_local: input.from,
        until_local: input.until,
        note: input.note,
        created_by: by.userId,
        created_at: now.toString(),
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return id;
  } catch (error) {
    return refuseChamber(error);
  }
}
