import type { WaitlistEntry } from '../../../src/contract/waitlist.ts';
import { link, type Visit } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { newKey } from '../booking/confirm-input.ts';

type Act = 'accept' | 'decline' | 'leave';

/** One button that answers an offer or leaves the line, on the entry's own page. */
export function AnswerForm({ visit, entry, act }: { visit: Visit; entry: WaitlistEntry; act: Act }) {
  const { waiting } = visit.m;
  const looks = { accept: 'primary', decline: 'secondary', leave: 'danger' } as const;
  const texts = { accept: waiting.accept, decline: waiting.decline, leave: waiting.leave };
  const pending = { accept: waiting.accepting, decline: waiting.declining, leave: waiting.leaving };
  return (
    <form method="post" action={link(visit, entry.waitingUrl)}>
      <input type="hidden" name="act" value={act} />
      <input type="hidden" name="key" value={newKey()} />
      {entry.offer ? <input type="hidden" name="offer" value={entry.offer.appointmentId} /> : null}
      <Button look={looks[act]} pending={pending[act]}>
        {texts[act]}
      </Button>
    </form>
  );
}
