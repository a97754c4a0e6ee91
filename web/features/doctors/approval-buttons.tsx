import { useState } from 'react';
import { decideDoctor, listUsers } from '../../../src/contract/admin.ts';
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

type Decision = 'approved' | 'refused';

/** Both decisions are final, so each is asked about with the licence that it is about. */
export function ApprovalButtons({ user, onDecided }: { user: User; onDecided: () => void }) {
  const { words, language } = useStaff();
  const { approve } = words.doctors;
  const toast = useToast();
  const [asking, setAsking] = useState<Decision | null>(null);
  const { send, busy, error, clear } = useWrite(decideDoctor, { changes: [listUsers, getOverview] });
  const name = doctorName(language, { fullName: user.fullName, nameBn: user.doctor?.nameBn ?? null });
  const decide = async (): Promise<void> => {
    if (!asking || !(await send({ params: { id: user.id }, body: { decision: asking } }))) return;
    setAsking(null);
    toast({ text: approve.done[asking](name) });
    onDecided();
  };
  const why = error
    ? refusalOf(error)?.code === 'approval_decided'
      ? approve.decided
      : explain(words, error).text
    : undefined;
  return (
    <>
      <div className="flex flex-wrap gap-2 max-md:py-2 md:justify-end">
        <Button
          type="button"
          look="secondary"
          size="dense"
          label={approve.approveOf(name)}
          onClick={() => setAsking('approved')}
        >
          {approve.approve}
        </Button>
        <Button
          type="button"
          look="danger"
          size="dense"
          label={approve.refuseOf(name)}
          onClick={() => setAsking('refused')}
        >
          {approve.refuse}
        </Button>
      </div>
      <Confirm
        open={asking !== null}
        title={asking === 'refused' ? approve.refuseOf(name) : approve.approveOf(name)}
        confirm={asking === 'refused' ? approve.refuse : approve.approve}
        pending={approve.deciding}
        danger={asking === 'refused'}
        busy={busy}
        error={why}
        onConfirm={() => void decide()}
        onClose={() => {
          clear();
          setAsking(null);
        }}
      >
        <p className="mb-2 font-semibold">{approve.licence(user.doctor?.licenseNumber ?? '')}</p>
        <p>{asking === 'refused' ? approve.refuseText : approve.approveText}</p>
      </Confirm>
    </>
  );
}
