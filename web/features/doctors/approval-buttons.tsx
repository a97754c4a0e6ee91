import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { decideDoctor, getUser, listUsers } from '../../../src/contract/admin.ts';
import { getOverview } from '../../../src/contract/overview.ts';
import type { User } from '../../../src/contract/users.ts';
import { doctorName } from '../../lib/names.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explain } from '../staff/explain.ts';
import { useApprovalWords } from './approval-words.ts';

type Approval = NonNullable<User['doctor']>['approval'];

const changes = [listUsers, getUser, getOverview] as const;

/** Which decisions may follow which: a refused doctor can be approved after all, an approval can be taken back. */
const decisions = {
  pending: ['approved', 'refused'],
  approved: ['pending'],
  refused: ['approved'],
} as const satisfies Record<Approval, readonly Approval[]>;

/** What can be decided about a doctor as they stand; each is asked about with the licence that it is about. */
export function ApprovalButtons({ user, onDecided }: { user: User; onDecided: () => void }) {
  const { words, language } = useStaff();
  const approve = useApprovalWords();
  const toast = useToast();
  const stands = user.doctor?.approval ?? 'pending';
  const [asked, setAsked] = useState<{ open: boolean; decision: Approval }>({
    open: false,
    decision: 'approved',
  });
  const { decision } = asked;
  const { send, busy, error, clear } = useWrite(decideDoctor, { changes });
  const undo = useWrite(decideDoctor, { changes });
  const name = doctorName(language, { fullName: user.fullName, nameBn: user.doctor?.nameBn ?? null });
  const params = { id: user.id };
  const takeBack = async (body: { decision: Approval; instead: Approval }): Promise<void> => {
    const done = await undo.send({ params, body });
    toast({ text: done ? approve.done[body.decision](name) : approve.notUndone });
  };
  const decide = async (): Promise<void> => {
    if (!(await send({ params, body: { decision, instead: stands } }))) return;
    setAsked({ ...asked, open: false });
    toast({
      text: approve.done[decision](name),
      undo: () => void takeBack({ decision: stands, instead: decision }),
    });
    onDecided();
  };
  const code = refusalOf(error)?.code;
  const own: Readonly<Record<string, string>> = approve.refusals;
  const why = error ? (own[code ?? ''] ?? explain(words, error).text) : undefined;
  return (
    <>
      <div className="flex flex-wrap gap-2 max-md:py-2 md:justify-end">
        {decisions[stands].map((each) => (
          <Button
            key={each}
            type="button"
            look={each === 'refused' ? 'danger' : 'secondary'}
            size="dense"
            label={approve.of[each](name)}
            onClick={() => setAsked({ open: true, decision: each })}
          >
            {approve.verbs[each]}
          </Button>
        ))}
      </div>
      <Confirm
        open={asked.open}
        title={approve.of[decision](name)}
        confirm={approve.verbs[decision]}
        pending={approve.deciding}
        danger={decision !== 'approved'}
        busy={busy}
        error={why}
        onConfirm={() => void decide()}
        onClose={() => {
          clear();
          setAsked({ ...asked, open: false });
        }}
      >
        <p className="mb-2 font-semibold">{approve.licence(user.doctor?.licenseNumber ?? '')}</p>
        <p>{approve.texts[decision]}</p>
        {code === 'doctor_booked' ? (
          <Link
            to="/users"
            search={{ user: String(user.id) }}
            className="link inline-flex min-h-12 items-center"
          >
            {approve.toAccount}
          </Link>
        ) : null}
      </Confirm>
    </>
  );
}
