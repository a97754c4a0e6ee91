import type { FastifyInstance } from 'fastify';
import { asciiDigits } from '../../contract/fields.ts';
import { getDoctor, searchDoctors as searchRoute } from '../../contract/doctors.ts';
import { serve } from '../../platform/http.ts';
import { cutPage, defaultLimit, readCursor } from '../../platform/paging.ts';
import { Problem } from '../../platform/problems.ts';
import { presentDoctor, presentProfile } from './present.ts';
import {
  findDoctors,
  findProfile,
  findSpellings,
  searchDoctors,
  type DoctorRow,
  type SearchQuery,
} from './queries.ts';
import { refreshSearch } from './refresh-search.ts';

export function doctorRoutes(app: FastifyInstance): void {
  const { pool } = app.deps;

  serve(app, searchRoute, async ({ query, now }) => {
    const limit = query.limit ?? defaultLimit;
    const sort = query.sort ?? 'soonest';
    const position = readCursor(query.cursor, 2);
    const words = wordsOf(query.q ?? '');
    const search: SearchQuery = {
      words: words.map((word) => [word]),
      specialization: query.specialization ?? null,
      division: query.division ?? null,
      district: query.district ?? null,
      thana: query.thana ?? null,
      gender: query.gender ?? null,
      maxFee: query.maxFee ?? null,
      // The instant itself: PostgreSQL refuses offsets that RFC 3339 allows.
      availableBefore:
        query.availableBefore === undefined
          ? null
          : Temporal.Instant.from(query.availableBefore).epochMilliseconds,
      sort,
      after: position && { value: position[0] ?? null, id: position[1] ?? 0 },
      limit: limit + 1,
    };
    let found = await searchDoctors(pool, search);
    // Nobody has these letters: perhaps they are only spelt a little differently.
    const spellings = found.length === 0 && words.length > 0 ? await findSpellings(pool, words) : null;
    if (spellings) found = await searchDoctors(pool, { ...search, words: spellings });
    const { page, nextCursor } = cutPage(found, limit, (last) => [
      sort === 'fee' ? Number(last.fee) : last.nextAvailable,
      last.id,
    ]);
    const shown = await verified(page, now);
    return {
      items: shown.filter((row) => isBefore(row, search.availableBefore)).map(presentDoctor),
      nextCursor,
    };
  });

  serve(app, getDoctor, async ({ params, now }) => {
    const found = await findProfile(pool, params.id);
    if (!found) throw new Problem('not_found');
    if (isFresh(found, now)) return { doctor: presentProfile(found) };
    await refreshSearch(pool, found.id, now);
    const again = await findProfile(pool, params.id);
    if (!again) throw new Problem('not_found');
    return { doctor: presentProfile(again) };
  });

  /** Offers nothing that time alone has closed since the row was written. */
  async function verified(page: DoctorRow[], now: Temporal.Instant): Promise<DoctorRow[]> {
    const stale = page.filter((row) => !isFresh(row, now)).map((row) => row.id);
    if (stale.length === 0) return page;
    for (const id of stale) await refreshSearch(pool, id, now);
    const again = new Map((await findDoctors(pool, stale)).map((row) => [row.id, row]));
    return page.flatMap((row) => (stale.includes(row.id) ? (again.get(row.id) ?? []) : row));
  }
}

/** The first place may have moved past the wanted time since the row was written. */
const isBefore = ({ nextAvailable }: DoctorRow, wanted: number | null): boolean =>
  wanted === null || (nextAvailable !== null && nextAvailable < wanted);

const isFresh = ({ card, freshUntil }: DoctorRow, now: Temporal.Instant): boolean =>
  card !== null && (freshUntil === null || freshUntil > now.epochMilliseconds);

const mostWords = 6;

/** Titles say nothing about whom to find; digits are stored in ASCII. */
function wordsOf(text: string): string[] {
  const words = asciiDigits(text.normalize('NFC').toLowerCase()).split(/[\s,.;:()'"।]+/u);
  return words
    .filter((word) => word !== '' && word !== 'dr' && word !== 'ডা' && word !== 'ডাঃ')
    .slice(0, mostWords);
}
