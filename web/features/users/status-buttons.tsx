import { useState } from 'react';
import { getUser, listUsers, patchUser, type Standing } from '../../../src/contract/admin.ts';
import { getOverview } from '../../../src/contract/overview.ts';
import type { User } from '../../../src/contract/users.ts';
import { digits } from '../../lib/digits.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explain } from '../staff/explain.ts';
import { userName, userStatuses, useUserWords } from './user-words.ts';

type Status = User['status'];
const changed = [listUsers, getUser, getOverview] as const;

/** Lets somebody in again or not, after saying what follows; either can be undone. */
export function StatusButtons({ user, standing }: { user: User; standing: Standing }) {
  const { words, language } = useStaff();
  const { change } = useUserWords();
  const toast = useToast();
  const [asked, setAsked] = useState<{ open: boolean; to: Status }>({ open: false, to: user.status });
  const write = useWrite(patchUser, { changes: changed });
  const undo = useWrite(patchUser, { changes: changed });
  const name = userName(language, user);
  const params = { id: user.id };
  const takeBack = async (to: Status): Promise<void> => {
    const done = await undo.send({ params, body: { status: to } });
    toast({ text: done ? change.done[to](name) : change.failed });
  };
  const save = async (): Promise<void> => {
    const { status: before } = user;
    if (!(await write.send({ params, body: { status: asked.to } }))) return;
    setAsked({ ...asked, open: false });
    toast({ text: change.done[asked.to](name), undo: () => void takeBack(before) });
  };
  return (
    <div className="flex flex-wrap gap-3">
      {userStatuses
        .filter((status) => status !== user.status)
        .map((status) => (
          <Button
            key={status}
            type="button"
            look={status === 'suspended' ? 'danger' : 'secondary'}
            onClick={() => setAsked({ open: true, to: status })}
          >
            {change[status]}
          </Button>
        ))}
      <Confirm
        open={asked.open}
        title={change.of[asked.to](name)}
        confirm={change[asked.to]}
        pending={change.saving}
        danger={asked.to !== 'active'}
        busy={write.busy}
        error={write.error ? explain(words, write.error).text : undefined}
        onConfirm={() => void save()}
        onClose={() => {
          write.clear();
          setAsked({ ...asked, open: false });
        }}
      >
        <Consequences user={user} standing={standing} to={asked.to} />
      </Confirm>
    </div>
  );
}

/** What follows of a change, and nothing that the code does not do. */
function Consequences({ user, standing, to }: { user: User; standing: Standing; to: Status }) {
  const { language } = useStaff();
  const { change } = useUserWords();
  const { userType } = user;
  if (to === 'active') return <p>{change.in[userType]}</p>;
  const visits = digits(language, standing.comingVisits);
  return (
    <div className="grid grid-cols-1 gap-2">
      <p className="text-quiet">{change.why[to]}</p>
      {/* Between the two kinds of being shut out nothing else changes. */}
      {user.status === 'active' ? <p>{change.out}</p> : null}
      {user.status === 'active' && userType === 'doctor' ? <p>{change.doctor}</p> : null}
      {standing.comingVisits > 0 && userType === 'doctor' ? <p>{change.doctorVisits(visits)}</p> : null}
      {standing.comingVisits > 0 && userType === 'patient' ? <p>{change.patientVisits(visits)}</p> : null}
      {standing.desks > 0 ? <p>{change.desks(digits(language, standing.desks))}</p> : null}
    </div>
  );
}
