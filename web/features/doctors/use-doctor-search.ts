import { useState } from 'react';
import { listUsers } from '../../../src/contract/admin.ts';
import type { User } from '../../../src/contract/users.ts';
import { useRead } from '../../lib/staff/data.ts';
import { useSettled } from '../../lib/staff/use-settled.ts';

/** Doctors for an administrator's field in which one is looked for by typing: the newest hundred, and what the server finds. */
export function useDoctorSearch(): { found: readonly User[]; onType: (typed: string) => void } {
  const [typed, onType] = useState('');
  const first = useRead(listUsers, { query: { userType: 'doctor', limit: 100 } }, { staleMs: 60_000 });
  const more = useRead(
    listUsers,
    { query: { userType: 'doctor', limit: 100, q: useSettled(typed).slice(0, 100) } },
    { enabled: Boolean(first.data?.nextCursor) && typed.trim() !== '' },
  );
  const all = [...(first.data?.items ?? []), ...(more.data?.items ?? [])];
  return { found: [...new Map(all.map((doctor) => [doctor.id, doctor])).values()], onType };
}
