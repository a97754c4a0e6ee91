import { run, type Queryable, type Statement } from '../../platform/database.ts';

/** For data from a backup: whoever signed out or was shut out since must not be let in again, so everybody signs in anew. */
export async function endSignIns(on: Queryable): Promise<number> {
  return (await run(on, endAll, [])).length;
}

const endAll: Statement = {
  name: 'end-all-sign-ins',
  text: `update sign_ins set ended_at = now(), ended_because = 'revoked' where ended_at is null returning id`,
};
