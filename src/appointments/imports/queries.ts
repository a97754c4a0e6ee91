import { run, type Tx } from '../../platform/database.ts';
import { isClean } from '../../platform/imports/queries.ts';
import { visitKinds, type ScheduleRow, type VisitKind } from './read-schedule.ts';
import { hoursOf, type GoodRow, type NewFee } from './set-imported-hours.ts';

/** The doctors whom rows name, in ascending order. */
export async function findDoctors(tx: Tx): Promise<number[]> {
  await run(tx, { text: 'create index if not exists import_rows_by_doctor on import_rows (doctor_id)' }, []);
  const text = 'select distinct doctor_id as id from import_rows where doctor_id is not null order by id';
  const rows = await run<{ id: number }>(tx, { text }, []);
  return rows.map(({ id }) => id);
}

/** The rows of some doctors, by line. */
export const findRows = (tx: Tx, doctorIds: readonly number[]): Promise<ScheduleRow[]> =>
  run<ScheduleRow>(
    tx,
    { text: `select ${rowColumns} from import_rows r where r.doctor_id = any ($1::int[]) order by r.line` },
    [doctorIds],
  );

/** Those without a finding, by doctor in ascending order, with the fees that are new. */
export async function findDoctorRows(
  tx: Tx,
  { importId, doctorIds }: { importId: number; doctorIds: readonly number[] },
): Promise<{ doctorId: number; rows: GoodRow[] }[]> {
  const text = `
    select ${rowColumns} from import_rows r
    where r.doctor_id = any ($2::int[]) and ${isClean} order by r.doctor_id, r.line`;
  return settleFees(tx, await run<ScheduleRow>(tx, { text }, [importId, doctorIds]));
}

const rowColumns = `
  r.line, r.doctor_id, r.chamber_id, r.weekdays, r.from_time, r.to_time, r.mode, r.slot_minutes, r.capacity, r.valid_from,
  r.valid_until, r.fees`;

export type KnownFee = { doctorId: number; chamberId: number; kind: VisitKind; minutes: number; fee: string };

export const findFees = (tx: Tx, doctorIds: readonly number[]): Promise<KnownFee[]> =>
  run<KnownFee>(
    tx,
    {
      text: `select doctor_id as "doctorId", chamber_id as "chamberId", kind, minutes, fee::text as fee
             from visit_types where doctor_id = any ($1::int[]) and ended_at is null`,
    },
    [doctorIds],
  );

/**
 * What each good row is to set: fees that the doctor has not got in that chamber yet, once. Whoever has none for a new visit
 * there gets their consultation fee, for as long as a slot.
 */
export async function settleFees(
  tx: Tx,
  rows: readonly ScheduleRow[],
): Promise<{ doctorId: number; rows: GoodRow[] }[]> {
  const doctorIds = [...new Set(rows.flatMap(({ doctor_id }) => doctor_id ?? []))].toSorted((a, b) => a - b);
  const has = new Set((await findFees(tx, doctorIds)).map(keyOfFee));
  const own = await run<{ id: number; fee: string }>(
    tx,
    { text: 'select id, consultation_fee::text as fee from users where id = any ($1::int[])' },
    [doctorIds],
  );
  const feeOf = new Map(own.map(({ id, fee }) => [id, fee]));
  const rowsOf = Map.groupBy(rows, ({ doctor_id }) => doctor_id);
  return doctorIds.map((doctorId) => {
    const ofDoctor = rowsOf.get(doctorId) ?? [];
    const good = ofDoctor.flatMap((row) => {
      const [hours, chamberId] = [hoursOf(row), row.chamber_id];
      return hours === null || chamberId === null ? [] : [{ row, hours, chamberId }];
    });
    const wantsNew = new Set(
      good.flatMap(({ row, chamberId }) => (row.fees.some(({ kind }) => kind === 'new') ? chamberId : [])),
    );
    return {
      doctorId,
      rows: good.map(({ row, hours, chamberId }) => {
        const fees: NewFee[] = [];
        for (const kind of visitKinds) {
          const key = keyOfFee({ doctorId, chamberId, kind });
          const given = row.fees.find((fee) => fee.kind === kind);
          const fee =
            given?.fee ?? (kind === 'new' && !wantsNew.has(chamberId) ? feeOf.get(doctorId) : undefined);
          if (fee === undefined || has.has(key)) continue;
          has.add(key);
          fees.push({ kind, fee, minutes: given?.minutes ?? hours.slotMinutes });
        }
        return { line: row.line, chamberId, hours, fees };
      }),
    };
  });
}

export const keyOfFee = (fee: { doctorId: number; chamberId: number; kind: VisitKind }): string =>
  `${fee.doctorId} ${fee.chamberId} ${fee.kind}`;
