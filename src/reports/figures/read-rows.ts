import type pg from 'pg';
import type { ReportStatus } from '../../contract/reports.ts';
import { channelNames } from '../../contract/figures.ts';
import { run } from '../../platform/database.ts';
import { parameters, where, type Asked } from './policy.ts';
import { behind, type Opened } from './queries.ts';

/** A row as a file tells it: dates and times as the chamber's clock shows them. */
export type FileRow = {
  id: number;
  date: string;
  time: string;
  status: ReportStatus;
  channel: keyof typeof channelNames;
  patient: string;
  doctor: string;
  doctorBn: string | null;
  chamber: string;
  chamberBn: string | null;
  fee: string;
  currency: string;
  counted: boolean;
  minutes: number | null;
  amount: string | null;
};

/** How many rows are behind a figure. */
export async function countRows(on: pg.ClientBase, asked: Asked, opened: Opened): Promise<number> {
  const { values, bind } = parameters();
  const { visits, chosen, conditions } = behind(asked, opened, bind);
  const text = `with ${visits} select count(*) as count from ${chosen} v ${where(conditions)}`;
  const [row] = await run<{ count: number }>(on, { text }, values);
  if (!row) throw new Error('an aggregate returned nothing');
  return row.count;
}

const atOnce = 500;

/** All rows behind a figure, by time, in batches. Inside a transaction: a cursor reads them, so that none is held but a batch. */
export async function* readRows(on: pg.ClientBase, asked: Asked, opened: Opened): AsyncGenerator<FileRow[]> {
  const { values, bind } = parameters();
  const { visits, chosen, conditions } = behind(asked, opened, bind);
  const { measure } = opened;
  const text = `
    declare rows_behind no scroll cursor for
    with ${visits}
    select v.id, to_char(v.local, 'YYYY-MM-DD') as date, to_char(v.local, 'HH24:MI') as time, v.status, v.channel,
      p.full_name as patient, u.full_name as doctor, d.name_bn as "doctorBn", c.name as chamber, c.name_bn as "chamberBn",
      v.fee::text as fee, v.currency, ${measure.kind === 'share' ? measure.part : 'true'} as counted, v.minutes,
      ${measure.kind === 'money' ? `(${measure.amount})::text` : 'null'} as amount
    from ${chosen} v join patients p on p.id = v.patient_id join chambers c on c.id = v.chamber_id
      join users u on u.id = v.doctor_id join doctors d on d.user_id = v.doctor_id
    ${where(conditions)}
    order by v.starts, v.id`;
  await run(on, { text }, values);
  const fetch = { text: `fetch ${atOnce} from rows_behind` };
  for (let rows = await run<FileRow>(on, fetch, []); rows.length > 0; rows = await run(on, fetch, []))
    yield rows;
}
