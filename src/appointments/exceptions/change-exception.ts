import type { ChangePreview } from '../../contract/changes.ts';
import {
  mistakesInPeriod,
  mostDaysOf,
  type Exception,
  type patchException,
} from '../../contract/exceptions.ts';
import type { Mistake } from '../../contract/fields.ts';
import type { RouteRequest } from '../../contract/route.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { changeCalendar, type ChangeRequest } from '../calendar/change-calendar.ts';
import { refuseChamber } from '../chambers/refuse-chamber.ts';
import { whyOf } from './create-exception.ts';
import { presentException } from './present.ts';
import { findException, type ExceptionRow } from './queries.ts';
import { endRules, writeRules } from './write-exception.ts';

type Patch = RouteRequest<typeof patchException>['body'];
type Which = { doctorId: number; exceptionId: number };

/** Changes some of what an exception says. */
export async function changeException(
  db: Database,
  input: Which & { patch: Patch },
  request: ChangeRequest,
): Promise<{ exception: Exception } | ChangePreview> {
  const { kind } = await existing(db, input);
  const scope = { doctorId: input.doctorId };
  return changeCalendar(db, { ...request, scope, why: whyOf(kind) }, async (tx) => {
    const before = await existing(tx, input);
    const after = merge(before, input.patch);
    await rewrite(tx, before.id, after);
    if (after.kind === 'other_hours') {
      await endRules(tx, before, request.now);
      await writeRules(tx, before.id, { ...after, doctorId: input.doctorId });
    }
    return { exception: presentException(await existing(tx, input)) };
  });
}

async function existing(on: Database | Tx, which: Which): Promise<ExceptionRow> {
  const row = await findException(on, which);
  if (!row) throw new Problem('not_found');
  return row;
}

function merge(before: ExceptionRow, { hours, ...patch }: Patch): Exception {
  const shown = presentException(before);
  const merged = { ...shown, ...patch };
  const mistakes: Mistake[] = mistakesInPeriod(merged, mostDaysOf[shown.kind]);
  if (shown.kind === 'time_off') {
    if (hours) mistakes.push({ path: 'hours', message: 'Time off has no hours' });
    if (mistakes.length > 0) throw invalidInput(...mistakes);
    return { ...shown, ...patch };
  }
  for (const path of ['from', 'until'] as const)
    if (merged[path].includes('T')) mistakes.push({ path, message: 'Use a date such as 2026-11-25' });
  if (merged.chamberId === null)
    mistakes.push({ path: 'chamberId', message: 'Say in which chamber the hours are' });
  if (mistakes.length > 0) throw invalidInput(...mistakes);
  return { ...shown, ...patch, chamberId: merged.chamberId ?? shown.chamberId, hours: hours ?? shown.hours };
}

async function rewrite(tx: Tx, id: number, { chamberId, from, until, note }: Exception): Promise<void> {
  try {
    await tx
      .updateTable('exceptions')
      .set({ chamber_id: chamberId, from_local: from, until_local: until, note })
      .where('id', '=', id)
      .execute();
  } catch (error) {
    return refuseChamber(error);
  }
}
