import { sql } from 'kysely';
import { run, type Tx } from '../../platform/database.ts';
import type { Found } from '../../platform/imports/found.ts';
import { addFindings, sameCode } from '../../platform/imports/queries.ts';
import type { JudgeOrder } from '../../platform/imports/rules.ts';
import { Problem } from '../../platform/problems.ts';
import type { FindingCode } from '../../contract/imports.ts';
import { daysAhead, findCalendars } from '../calendar/queries.ts';
import type { VersionedRule } from '../schedules/queries.ts';
import { findClashes, type Candidate } from './find-clashes.ts';
import { findDoctors, findFees, findRows, keyOfFee, settleFees, type KnownFee } from './queries.ts';
import type { ScheduleRow } from './read-schedule.ts';
import { atOnce, hoursOf, setImportedHours } from './set-imported-hours.ts';

/**
 * Looks at the rows of each doctor together with the hours and fees they have. For a trial, what is good so far is then done in
 * earnest and taken back, so that the check says whatever the calendar itself would refuse.
 */
export async function judgeSchedules(tx: Tx, order: JudgeOrder): Promise<void> {
  const { importId, now, tell } = order;
  const [choice] = await run<{ code: FindingCode }>(tx, { text: `select ${sameCode} as code` }, [importId]);
  const same = choice?.code ?? 'same';
  const bad = new Set(await linesWithFindings(tx, importId));
  const zones = await findZones(tx);
  for (const some of atOnce(await findDoctors(tx))) {
    const rowsOf = Map.groupBy(await findRows(tx, some), ({ doctor_id }) => doctor_id);
    const calendars = await findCalendars(tx, some, [daysAhead(now)]);
    const fees = Map.groupBy(await findFees(tx, some), ({ doctorId }) => doctorId);
    const all: Found[] = [];
    const good: ScheduleRow[][] = [];
    for (const { doctorId, rules } of calendars) {
      const rows = rowsOf.get(doctorId) ?? [];
      // One that was not read well says nothing that the engine could take.
      const readable = rows.filter(({ line }) => !bad.has(line));
      const found = judgeDoctor({ rows: readable, rules, fees: fees.get(doctorId) ?? [], zones, same }, now);
      all.push(...found);
      const said = new Map(found.map(({ line, code }) => [line, code]));
      // The rows of a doctor are one change, so one that is bad spares the others the try.
      if (readable.length === rows.length && [...said.values()].every((code) => code === 'same'))
        good.push(rows.filter(({ line }) => !said.has(line)));
    }
    if (order.trial) all.push(...(await findRefused(tx, good, order)));
    if (all.length > 0) await addFindings(tx, importId, all);
    await tell();
  }
}

/** What the calendar itself refuses: of all these doctors at once, and if that fails, of either half of them. */
async function findRefused(
  tx: Tx,
  doctors: readonly (readonly ScheduleRow[])[],
  order: JudgeOrder,
): Promise<Found[]> {
  const rows = doctors.flat();
  const problem = rows.length > 0 ? await tryHours(tx, rows, order) : null;
  await order.tell();
  if (problem === null) return [];
  if (doctors.length === 1) return [tellProblem(rows, problem)];
  const middle = Math.ceil(doctors.length / 2);
  return [
    ...(await findRefused(tx, doctors.slice(0, middle), order)),
    ...(await findRefused(tx, doctors.slice(middle), order)),
  ];
}

type Standing = {
  rows: readonly ScheduleRow[];
  rules: readonly VersionedRule[];
  fees: readonly KnownFee[];
  zones: ReadonlyMap<number, string>;
  same: FindingCode;
};

function judgeDoctor({ rows, rules, fees, zones, same }: Standing, now: Temporal.Instant): Found[] {
  const found: Found[] = [];
  const candidates: Candidate[] = [];
  for (const row of rows) {
    const [hours, chamberId] = [hoursOf(row), row.chamber_id];
    if (hours === null || chamberId === null) continue;
    const { line } = row;
    if (
      hours.weekdays.every((weekday) =>
        rules.some((rule) => isAsGiven(rule, { ...hours, chamberId, weekday })),
      )
    )
      found.push({ line, column: 'from', code: same, value: `${hours.from}–${hours.to}` });
    else candidates.push({ line, chamberId, zone: zones.get(chamberId) ?? 'Asia/Dhaka', hours });
  }
  const today = now.toZonedDateTimeISO('UTC').toPlainDate();
  return [...found, ...findClashes({ known: rules, candidates }, today), ...judgeFees(rows, fees)];
}

type Given = Omit<Candidate['hours'], 'weekdays'> & { chamberId: number; weekday: number };

const isAsGiven = (rule: VersionedRule, given: Given): boolean =>
  !rule.exception &&
  rule.chamberId === given.chamberId &&
  rule.weekday === given.weekday &&
  rule.from === given.from &&
  rule.to === given.to &&
  rule.mode === given.mode &&
  rule.slotMinutes === given.slotMinutes &&
  rule.capacity === given.capacity &&
  rule.validFrom === given.validFrom &&
  rule.validUntil === given.validUntil;

/** A fee that differs from what the doctor has there, or from an earlier row. */
function judgeFees(rows: readonly ScheduleRow[], known: readonly KnownFee[]): Found[] {
  const has = new Map(known.map((fee) => [keyOfFee(fee), { ...fee, line: 0 }]));
  return rows.flatMap(({ line, doctor_id: doctorId, chamber_id: chamberId, fees }) => {
    if (doctorId === null || chamberId === null) return [];
    return fees.flatMap(({ kind, fee, minutes }) => {
      const key = keyOfFee({ doctorId, chamberId, kind });
      const before = has.get(key);
      if (!before) {
        has.set(key, { doctorId, chamberId, kind, fee, minutes: minutes ?? 0, line });
        return [];
      }
      if (plainAmount(before.fee) === plainAmount(fee)) return [];
      const code = before.line === 0 ? 'fee_differs' : 'fee_differs_row';
      return [
        {
          line,
          column: `${kind}_fee`,
          code,
          value: fee,
          detail: { line: before.line, choices: [before.fee] },
        },
      ] as const;
    });
  });
}

/** `0800.00` is 800. */
const plainAmount = (amount: string): string =>
  (amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount).replace(/^0+(?=[0-9])/, '');

/** Does it in earnest and takes it back; answers the refusal, if that is what came. */
async function tryHours(
  tx: Tx,
  good: readonly ScheduleRow[],
  { by, now }: JudgeOrder,
): Promise<Problem | null> {
  await sql`savepoint trial`.execute(tx);
  try {
    await setImportedHours(tx, await settleFees(tx, good), by, now);
    return null;
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  } finally {
    await sql`rollback to savepoint trial`.execute(tx);
  }
}

/** Rows of one doctor are one change, so the refusal is told at the first of them. */
function tellProblem(good: readonly ScheduleRow[], problem: Problem): Found {
  const [first] = good;
  const code =
    problem.code === 'schedule_overlap'
      ? 'overlaps_later'
      : problem.code === 'appointments_stranded'
        ? 'would_strand'
        : 'hours_refused';
  return { line: first?.line ?? null, column: 'from', code, value: null };
}

async function linesWithFindings(tx: Tx, importId: number): Promise<number[]> {
  const rows = await run<{ line: number }>(
    tx,
    { text: 'select distinct line from import_findings where import_id = $1 and line is not null' },
    [importId],
  );
  return rows.map(({ line }) => line);
}

async function findZones(tx: Tx): Promise<Map<number, string>> {
  const rows = await run<{ id: number; zone: string }>(
    tx,
    { text: 'select id, time_zone as zone from chambers' },
    [],
  );
  return new Map(rows.map(({ id, zone }) => [id, zone]));
}
