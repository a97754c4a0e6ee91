import { ConnectionProblem } from './connection-problem.ts';
import type { OpenedStaffSession } from './opened-session.ts';

/** The browser's sign-in as the app holds it: the access token lives in this closure and nowhere else. */
export type StaffSession = {
  /** An access token that has a while to live. Throws `SignedOut`, or `ConnectionProblem` when nobody can say. */
  accessToken: () => Promise<string>;
  /** Another one than `refused`, which the API would not take. */
  replaceToken: (refused: string) => Promise<string>;
  /** What the chambers' clocks show by the server, `2026-11-25T17:30:00`; null before the session is open. */
  wallClock: () => string | null;
};

/** There is no sign-in in this browser, or it has ended. */
export class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

export type SessionOutside = {
  /** Posts to `/staff/session`. */
  post: (options: { afresh: boolean }) => Promise<{ status: number; body: string }>;
  /** Milliseconds of a clock that nobody sets. */
  elapsed: () => number;
};

export function createStaffSession({ post, elapsed }: SessionOutside): StaffSession {
  let held: Held | null = null;
  let opening: Promise<Held> | null = null;

  // Whoever asks meanwhile waits for the same answer: a refresh token may be used once.
  const open = (options: { afresh: boolean }): Promise<Held> => {
    opening ??= post(options)
      .then((answer) => (held = readAnswer(answer, elapsed())))
      .finally(() => (opening = null));
    return opening;
  };

  return {
    accessToken: async () => {
      if (held && elapsed() < held.goodUntil) return held.accessToken;
      return (await open({ afresh: false })).accessToken;
    },
    replaceToken: async (refused) => {
      if (held && held.accessToken !== refused) return held.accessToken;
      return (await open({ afresh: true })).accessToken;
    },
    wallClock: () => {
      if (!held) return null;
      // The date of the offset is shifted as if it were UTC's: the zone has no say in arithmetic on the clock's face.
      const shown = Date.parse(`${held.now.slice(0, 19)}Z`) + elapsed() - held.openedAt;
      return new Date(shown).toISOString().slice(0, 19);
    },
  };
}

type Held = { accessToken: string; goodUntil: number; now: string; openedAt: number };

// The access cookie goes a minute before its token (web/lib/session.ts): later than that, but before the token ends.
const marginSeconds = 45;

function readAnswer(answer: { status: number; body: string }, openedAt: number): Held {
  if (answer.status === 401 || answer.status === 403) throw new SignedOut();
  if (answer.status !== 200) throw new ConnectionProblem('unready');
  const { accessToken, endsInSeconds, now }: OpenedStaffSession = JSON.parse(answer.body);
  return { accessToken, goodUntil: openedAt + (endsInSeconds - marginSeconds) * 1000, now, openedAt };
}
