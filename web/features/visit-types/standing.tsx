import type { Arrangement } from '../../../src/contract/schedules.ts';
import type { User } from '../../../src/contract/users.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Notice } from '../../ui/notices.tsx';

/** Administrators arrange everybody's fees, doctors their own once their licence has been checked. */
export function mayArrange(me: User, doctorId: number): boolean {
  return me.userType === 'admin' || (me.id === doctorId && me.doctor?.approval === 'approved');
}

/** What is missing before patients can book the doctor at all; nothing when they can. */
export function Standing({ arrangement }: { arrangement: Arrangement }) {
  const { me, words } = useStaff();
  const { fees } = words;
  const { doctor } = arrangement;
  if (doctor.bookable) return null;
  const approval = me.id === doctor.id ? me.doctor?.approval : undefined;
  return (
    <div className="mb-6 max-w-160">
      <Notice tone="waiting">
        {approval === 'pending'
          ? fees.waitsForApproval
          : approval === 'refused'
            ? fees.refused
            : fees.notBookable}
      </Notice>
    </div>
  );
}
