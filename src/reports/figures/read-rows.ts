import type pg from 'pg';
import type { ReportStatus } from '../../contract/reports.ts';
import { channelNames } from '../../contract/figures.ts';
import { run } from '../../platform/database.ts';
import { behindSum, type OpenedSum } from './find-sittings.ts';
import { parameters, where, type Asked } from './policy.ts';
import { behind, type Opened } from './queries.ts';

/** A row as a file tells it: dates and times as the chamber's clock shows them. */
type TimedRow = {
  id: number;
  date: string;
  time: string;
  doctor: string;
  doctorBn: string | null;
  chamber: string;
  chamberBn: string | null;
};

/** Of an appointment. */
export type VisitRow = TimedRow & {
  status: ReportStatus;
  channel: keyof typeof channelNames;
  patient: string;
  fee: string;
  currency: string;
  counted: boolean;
  minutes: number | null;
  amount: string | null;
};

/** Of a sitting. */
export type SittingRow = TimedRow & Record<'places' | 'filled' | 'came' | 'missed' | 'free', number>;

/** What is behind a figure: how many rows, and all of them by time, in batches. Both inside one transaction. */
export type Behind<Row> = {
  count(on: pg.ClientBase): Promise<number>;
  read(on: pg.ClientBase): AsyncGenerator<Row[]>;
};

export function visitsBehind(asked: Asked, opened: Opened): Behind<VisitRow> {
  const { values, bind } = parameters();
  const { visits, chosen, conditions } = behind(asked, opened, bind);
  const { measure } = opened;
  return rowsOf<VisitRow>({
    visits,
    from: `${chosen} v`,
    joined: 'join patients p on p.id = v.patient_id',
    columns: `v.status, v.channel, p.full_name as patient, v.fee::text as fee, v.currency, v.minutes,
      ${measure.kind === 'share' ? measure.part : 'true'} as counted,
      ${measure.kind === 'money' ? `(${measure.amount})::text` : 'null'} as amount`,
    conditions,
    values,
  });
}

export function sittingsBehind(asked: Asked, opened: OpenedSum): Behind<SittingRow> {
  const { values, bind } = parameters();
  const { visits, conditions } = behindSum(asked, opened, bind);
  return rowsOf<SittingRow>({
    visits,
    from: 'visits v',
    joined: '',
    columns: 'v.places, v.filled, v.came, v.missed, v.free',
    conditions,
    values,
  });
}

const atOnce = 500;

function rowsOf<Row extends TimedRow>(sql: {
  visits: string;
  from: string;
  /** What is read beside those that are counted. */
  joined: string;
  columns: string;
  conditions: readonly string[];
  values: unknown[];
}): Behind<Row> {
  const { visits, from, joined, columns, conditions, values } = sql;
  return {
    async count(on) {
      const text = `with ${visits} select count(*) as count from ${from} ${where(conditions)}`;
      const [row] = await run<{ count: number }>(on, { text }, values);
      if (!row) throw new Error('an aggregate returned nothing');
      return row.count;
    },
    // By a cursor, so that none is held but a batch.
    async *read(on) {
      const text = `
        declare rows_behind no scroll cursor for
        with ${visits}
        select v.id, to_char(v.local, 'YYYY-MM-DD') as date, to_char(v.local, 'HH24:MI') as time,
          u.full_name as doctor, d.name_bn as "doctorBn", c.name as chamber, c.name_bn as "chamberBn", ${columns}
        from ${from} ${joined} join chambers c on c.id = v.chamber_id
          join users u on u.id = v.doctor_id join doctors d on d.user_id = v.doctor_id
        ${where(conditions)}
        order by v.starts, v.id`;
      await run(on, { text }, values);
      const fetch = { text: `fetch ${atOnce} from rows_behind` };
      for (let rows = await run<Row>(on, fetch, []); rows.length > 0; rows = await run(on, fetch, []))
        yield rows;
    },
  };
}
