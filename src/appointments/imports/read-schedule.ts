import type { Tx } from '../../platform/database.ts';
import type { Cells } from '../../platform/imports/read-cells.ts';
import type { ImportRow } from '../../platform/imports/rules.ts';
import * as fields from '../../contract/fields.ts';
import { mistakesIn, newHours } from '../../contract/hours.ts';
import { readWeekdays } from './read-weekdays.ts';

export const scheduleRowColumns = `
  doctor_id integer, chamber_id integer, weekdays jsonb, from_time text, to_time text, mode text, slot_minutes integer,
  capacity integer, valid_from text, valid_until text, fees jsonb`;

export const visitKinds = ['new', 'follow_up', 'report'] as const;
export type VisitKind = (typeof visitKinds)[number];

/** A row as `readSchedule` leaves it; null where a cell was not good. */
export type ScheduleRow = {
  line: number;
  doctor_id: number | null;
  chamber_id: number | null;
  weekdays: number[] | null;
  from_time: string | null;
  to_time: string | null;
  mode: 'timed' | 'serial' | null;
  slot_minutes: number | null;
  capacity: number | null;
  valid_from: string | null;
  valid_until: string | null;
  fees: { kind: VisitKind; fee: string; minutes: number | null }[];
};

/** Loads the doctors and the chambers that rows name. */
export async function prepareSchedules(tx: Tx): Promise<(cells: Cells) => ImportRow> {
  const doctors = await tx
    .selectFrom('users')
    .select(['id', 'email', 'mobile', 'license_number'])
    .where('user_type', '=', 'doctor')
    .execute();
  const doctorOf = new Map(
    doctors.flatMap(({ id, email, mobile, license_number }) =>
      [license_number, email, mobile].flatMap((each) => (each === null ? [] : [[plain(each), id] as const])),
    ),
  );
  const chambers = await tx
    .selectFrom('chambers')
    .select(['id', 'name', 'name_bn'])
    .where('ended_at', 'is', null)
    .execute();
  const named = chambers.flatMap(({ id, name, name_bn }) =>
    [String(id), name, name_bn].flatMap((each) => (each === null ? [] : [{ key: plain(each), id }])),
  );
  const chambersOf = Map.groupBy(named, ({ key }) => key);
  return (cells) => readSchedule(cells, { doctorOf, chambersOf });
}

type Known = {
  doctorOf: ReadonlyMap<string, number>;
  chambersOf: ReadonlyMap<string, readonly { id: number }[]>;
};

const plain = (name: string): string => name.normalize('NFC').trim().toLowerCase();

function readSchedule(cells: Cells, known: Known): ImportRow {
  for (const column of ['doctor', 'chamber', 'weekdays', 'from', 'to', 'slot_minutes']) cells.need(column);
  const capacity = cells.wholeNumber('capacity', 1, 500);
  const row = {
    doctor_id: readDoctor(cells, known),
    chamber_id: readChamber(cells, known),
    weekdays: readWeekdays(cells),
    from_time: cells.time('from'),
    to_time: cells.time('to'),
    mode: cells.choice('mode', modes) ?? (cells.cell('capacity') === '' ? 'timed' : 'serial'),
    slot_minutes: cells.wholeNumber('slot_minutes', 1, 480),
    capacity,
    valid_from: cells.date('valid_from'),
    valid_until: cells.date('valid_until'),
    fees: readFees(cells),
  };
  tellMistakes(cells, row);
  return row;
}

const modes = { timed: ['time', 'সময়'], serial: ['serials', 'সিরিয়াল'] };

function readDoctor(cells: Cells, { doctorOf }: Known): number | null {
  const text = cells.cell('doctor');
  if (text === '') return null;
  const mobile = fields.mobile.safeParse(text.replace(/^(1[0-9]{9})$/, '0$1'));
  const found = doctorOf.get(plain(text)) ?? (mobile.success ? doctorOf.get(mobile.data) : undefined);
  return found ?? cells.refuse('doctor', 'unknown_doctor');
}

function readChamber(cells: Cells, { chambersOf }: Known): number | null {
  const text = cells.cell('chamber');
  if (text === '') return null;
  const found = [
    ...new Set(
      (chambersOf.get(plain(fields.asciiDigits(text))) ?? chambersOf.get(plain(text)) ?? []).map(
        ({ id }) => id,
      ),
    ),
  ];
  const [id] = found;
  if (id === undefined) return cells.refuse('chamber', 'unknown_chamber');
  return found.length === 1 ? id : cells.refuse('chamber', 'chamber_unclear', { choices: found.map(String) });
}

function readFees(cells: Cells): ScheduleRow['fees'] {
  return visitKinds.flatMap((kind) => {
    const fee = cells.amount(`${kind}_fee`);
    const minutes = cells.wholeNumber(`${kind}_minutes`, 1, 480);
    // Minutes alone are for a new visit, whose fee is the doctor's own then.
    if (fee === null && minutes !== null && kind !== 'new' && cells.cell(`${kind}_fee`) === '')
      cells.refuse(`${kind}_fee`, 'empty');
    return fee === null ? [] : [{ kind, fee, minutes }];
  });
}

/** What no single cell shows, by the same rules as of the API. */
function tellMistakes(cells: Cells, row: Omit<ScheduleRow, 'line'>): void {
  const { from_time: from, to_time: to, slot_minutes: slotMinutes, mode, capacity } = row;
  if (from !== null && to !== null && slotMinutes !== null && mode !== null)
    for (const { path } of mistakesIn({ ...usual, from, to, slotMinutes, mode, capacity })) {
      if (path === 'to') cells.refuse('to', 'ends_at_start');
      // A capacity that could not be read has been told.
      if (path === 'capacity' && (mode === 'timed' || cells.cell('capacity') === ''))
        cells.refuse('capacity', mode === 'serial' ? 'capacity_needed' : 'capacity_unfit');
    }
  if (row.valid_from && row.valid_until && row.valid_until < row.valid_from)
    cells.refuse('valid_until', 'dates_turned');
}

/** What a file does not say. */
export const usual = {
  quotas: null,
  quotaReleaseMinutes: null,
  bufferBeforeMinutes: newHours.bufferBeforeMinutes.parse(undefined),
  bufferAfterMinutes: newHours.bufferAfterMinutes.parse(undefined),
  noticeMinutes: newHours.noticeMinutes.parse(undefined),
  horizonDays: newHours.horizonDays.parse(undefined),
};
