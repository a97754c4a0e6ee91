import { instantOf } from '../../platform/instant-range.ts';
import { run, type Queryable } from '../../platform/database.ts';
import type { EpochMs } from '../../scheduling/range.ts';
import { appointmentColumns, appointmentTables, type AppointmentWithParties } from '../booking/queries.ts';

/**
 * What is booked for everybody without an account whom the number or e-mail of this patient reaches, newest visit first:
 * visits that end after `from`, holds apart that nobody has taken up.
 */
export const listOfGuest = (
  on: Queryable,
  { patientId, from, limit }: { patientId: number; from: EpochMs; limit: number },
): Promise<AppointmentWithParties[]> => run<AppointmentWithParties>(on, statement, [patientId, from, limit]);

const statement = {
  name: 'appointments-of-guest',
  text: `
    select ${appointmentColumns('null::int', 'null::text')} from ${appointmentTables}
    where a.patient_id in (
        select reached.id from patients one join patients reached
          on reached.user_id is null and (reached.mobile = one.mobile or reached.email = one.email)
        where one.id = $1 and one.user_id is null)
      and upper(a.period) > ${instantOf('$2')} and (a.status <> 'held' or a.deposit is not null)
    order by lower(a.period) desc, a.id desc limit $3`,
};
