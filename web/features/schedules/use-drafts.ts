import { useState } from 'react';
import type { WeekDraft } from '../../lib/week-draft.ts';

export type Drafts = {
  all: Readonly<Record<string, WeekDraft>>;
  /** What becomes of a draft, from what it is now; null: there is none any more. */
  put: (name: string, change: (now: WeekDraft | undefined) => WeekDraft | null) => void;
};

/** Weeks of a doctor that were edited and not saved, by name. The tab keeps them through a reload. */
export function useDrafts(doctorId: number): Drafts {
  const place = `hours-drafts-${doctorId}`;
  const [all, setAll] = useState(() => readKept(place));
  return {
    all,
    put: (name, change) =>
      setAll((before) => {
        const { [name]: last, ...others } = before;
        const draft = change(last);
        const now = draft ? { ...others, [name]: draft } : others;
        keep(place, now);
        return now;
      }),
  };
}

type Kept = Record<string, WeekDraft>;

function readKept(place: string): Kept {
  try {
    // Nobody but `keep` writes there.
    return JSON.parse(window.sessionStorage.getItem(place) ?? '{}');
  } catch {
    return {};
  }
}

function keep(place: string, drafts: Kept): void {
  try {
    window.sessionStorage.setItem(place, JSON.stringify(drafts));
  } catch {
    // A full or forbidden storage costs what a reload would lose, not the work at hand.
  }
}
