import { splitLanguage } from '../../lib/language.ts';
import { localPath } from '../../lib/local-path.ts';
import { refusalOf } from '../../lib/refusal.ts';
import type { Visit } from '../../lib/visit.ts';
import { type Choice, findChoice } from '../booking/find-choice.ts';

/** Where a sign-in leads: a path of this site, as it stands, or null. */
export const nextPath = (visit: Visit): string | null => localPath(visit.query.get('next'));

/** The place that waits behind a sign-in, so that it stays in sight; null when none does or it has gone. */
export async function findNextChoice(visit: Visit): Promise<Choice | null> {
  const next = nextPath(visit);
  if (!next) return null;
  const url = new URL(next, visit.url);
  const slug = /^\/book\/([A-Za-z0-9_-]+)$/.exec(splitLanguage(url.pathname).path)?.[1];
  if (!slug) return null;
  try {
    return (await findChoice(visit, slug, url.searchParams)).choice;
  } catch (error) {
    // Signing in must not depend on what was chosen before.
    const refusal = refusalOf(error);
    if (!refusal || refusal.status >= 500) throw error;
    return null;
  }
}
