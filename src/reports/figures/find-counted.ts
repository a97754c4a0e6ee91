import type pg from 'pg';
import { countKind } from '../../contract/counts.ts';
import { countedReports, type CountedReports } from '../../contract/figures.ts';
import { countedType, type Work } from '../../contract/works.ts';
import type { Actor } from '../../platform/access-tokens.ts';
import { readFile } from '../../platform/kept-files.ts';
import { Problem } from '../../platform/problems.ts';
import { findOwnFile } from '../../platform/works/find-own-work.ts';

/** What a work of this person has counted; else refuses as whoever asks for its file is refused. */
export async function findCounted(
  pool: pg.Pool,
  which: { id: number; by: Actor },
  now: Temporal.Instant,
): Promise<CountedReports & { work: Work }> {
  const { work, made } = await findOwnFile(pool, which, now);
  if (work.kind !== countKind || made.type !== countedType)
    throw new Problem('not_found', 'This has counted no report.');
  // A megabyte or two: so many groups as there are doctors or days, whatever was counted.
  const text = Buffer.concat(await Array.fromAsync(readFile(pool, made))).toString();
  return { work, ...countedReports.parse(JSON.parse(text)) };
}
