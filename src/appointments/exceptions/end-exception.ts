import type { ChangePreview } from '../../contract/changes.ts';
import type { Database } from '../../platform/database.ts';
import { Problem } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { findException } from './queries.ts';
import { endRules } from './write-exception.ts';

/** Takes other hours or time off back: the usual hours hold again. */
export const endException = (
  db: Database,
  input: { doctorId: number; exceptionId: number },
  request: ChangeRequest,
): Promise<void | ChangePreview> =>
  changeCalendar(
    db,
    {
      ...request,
      scope: { doctorId: input.doctorId },
      why: 'The doctor has the usual hours again on that date.',
    },
    async (tx) => {
      const before = await findException(tx, input);
      if (!before) throw new Problem('not_found');
      await endRules(tx, before, request.now);
      await tx
        .updateTable('exceptions')
        .set({ ended_at: request.now.toString() })
        .where('id', '=', before.id)
        .execute();
    },
  );
