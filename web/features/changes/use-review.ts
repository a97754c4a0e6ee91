import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { ChangePreview } from '../../../src/contract/changes.ts';
import { previewChange } from '../../../src/contract/client.ts';
import type { Route } from '../../../src/contract/route.ts';
import { decisionQuery, type Decisions, stillPossible } from '../../lib/decisions.ts';
import { digits } from '../../lib/digits.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { newKey } from '../../lib/staff/new-key.ts';
import { soon } from '../../lib/staff/soon.ts';
import { explain } from '../staff/explain.ts';
import { useReadAnew } from './use-read-anew.ts';
import type { ChangeRequest, ChangeRoute } from './change-request.ts';

export type ReviewProblem = {
  text: string;
  note?: string;
  /** How often something was said: a problem that comes again is told again. */
  number: number;
};

export type Review = {
  preview: ChangePreview;
  decided: Decisions;
  decide: (decided: Decisions) => void;
  /** Without a decision so far. */
  undecided: number;
  /** Saving was tried, so what is still undecided is marked. */
  marked: boolean;
  /** Came in after the preview was first shown. */
  fresh: ReadonlySet<number>;
  problem: ReviewProblem | null;
  busy: boolean;
  /** True once the change is made. */
  apply: () => Promise<boolean>;
};

/** What was decided so far about a change, and making it. */
export function useReview(options: {
  request: ChangeRequest<ChangeRoute>;
  preview: ChangePreview;
  changes: readonly Route[];
}): Review {
  const { words, language } = useStaff();
  const { changes: texts } = words;
  const [preview, setPreview] = useState(options.preview);
  const [decided, setDecided] = useState<Decisions>(new Map());
  const [fresh, setFresh] = useState<ReadonlySet<number>>(new Set());
  const [problem, setProblem] = useState<ReviewProblem | null>(null);
  const [marked, setMarked] = useState(false);
  const { look, make, readAnew, busy } = useSending(options);
  const undecided = preview.stranded.filter(({ id }) => !decided.has(id)).length;
  const say = (said: Omit<ReviewProblem, 'number'>): void =>
    setProblem((last) => ({ ...said, number: (last?.number ?? 0) + 1 }));

  /** Somebody booked, or took the last place: all of it is looked at anew, and what still holds stays decided. */
  const lookAgain = async (withoutPlace: ReadonlySet<number>): Promise<void> => {
    const now = withoutPlaces(await look(), withoutPlace);
    const known = new Set(preview.stranded.map(({ id }) => id));
    const added = new Set(now.stranded.flatMap(({ id }) => (known.has(id) ? [] : id)));
    setPreview(now);
    setFresh(added);
    setDecided(stillPossible(decided, now.stranded));
    const count = digits(language, withoutPlace.size > 0 ? withoutPlace.size : added.size);
    say({ text: withoutPlace.size > 0 ? texts.placesGone(count) : texts.meanwhile(count) });
  };

  const makeOrLookAgain = async (): Promise<boolean> => {
    try {
      await make(decided);
      return true;
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal?.code === 'appointments_stranded') await lookAgain(new Set());
      else if (refusal?.code === 'no_place_left') await lookAgain(new Set(refusal.appointments));
      else if (refusal?.code === 'changed_meanwhile') {
        say({ text: texts.stale });
        void readAnew();
      } else throw error;
      return false;
    }
  };

  return {
    preview,
    decided,
    decide: (changed) => {
      setDecided(changed);
      setProblem(null);
    },
    undecided,
    marked,
    fresh,
    problem,
    busy,
    apply: async () => {
      if (busy) return false;
      setMarked(true);
      if (undecided > 0) {
        say({ text: texts.undecided(digits(language, undecided)) });
        return false;
      }
      setProblem(null);
      try {
        return await makeOrLookAgain();
      } catch (error) {
        say(explain(words, error));
        // Whether it was done may be unknown; what stands now says so.
        void readAnew();
        return false;
      }
    },
  };
}

function useSending(options: { request: ChangeRequest<ChangeRoute>; changes: readonly Route[] }) {
  const { call } = useStaff();
  const { route, input } = options.request;
  const readAnew = useReadAnew(options.changes);
  // One for all tries: when an answer was lost on the way, the next try does not do it twice.
  const [idempotencyKey] = useState(newKey);
  const look = useMutation({ mutationFn: () => previewChange(call, route, input) });
  const make = useMutation({
    mutationFn: async (decided: Decisions) => {
      await call(route, withQuery(input, decisionQuery(decided)), route.idempotent ? { idempotencyKey } : {});
      await soon(readAnew());
    },
  });
  return {
    look: () => look.mutateAsync(),
    make: async (decided: Decisions): Promise<void> => {
      await make.mutateAsync(decided);
    },
    readAnew,
    busy: look.isPending || make.isPending,
  };
}

const withQuery = (input: unknown, query: object): object => ({
  ...(typeof input === 'object' ? input : {}),
  query,
});

/** What the server has found no place for has none, whatever the preview says by itself. */
const withoutPlaces = (preview: ChangePreview, ids: ReadonlySet<number>): ChangePreview => ({
  ...preview,
  stranded: preview.stranded.map((each) => (ids.has(each.id) ? { ...each, next: null } : each)),
});
