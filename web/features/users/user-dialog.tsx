import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { getUser, type Standing } from '../../../src/contract/admin.ts';
import type { User } from '../../../src/contract/users.ts';
import { formatDateWithYear } from '../../lib/dates.ts';
import { digits } from '../../lib/digits.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { homeWall, wallDate } from '../../lib/times.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { type Fact, Facts } from '../../ui/facts.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useApprovalWords } from '../doctors/approval-words.ts';
import { useMoment } from '../staff/moment.ts';
import { Loaded } from '../staff/loaded.tsx';
import { InviteButton } from './invite-button.tsx';
import { StatusButtons } from './status-buttons.tsx';
import { statusTones, userName, useUserWords } from './user-words.ts';

/** What somebody is, how they stand, and what an administrator may do about it. `id` null: closed. */
export function UserDialog({ id, onClose }: { id: number | null; onClose: () => void }) {
  const { language } = useStaff();
  const texts = useUserWords();
  // While it closes it still shows whom it was about.
  const [shown, setShown] = useState(id);
  if (id !== null && id !== shown) setShown(id);
  const { data } = useRead(getUser, { params: { id: shown ?? 0 } }, { enabled: id !== null });
  return (
    <Dialog
      title={data ? userName(language, data.user) : texts.dialogTitle}
      open={id !== null}
      onClose={onClose}
    >
      {shown === null ? null : <UserDetails id={shown} />}
    </Dialog>
  );
}

function UserDetails({ id }: { id: number }) {
  const { me } = useStaff();
  const texts = useUserWords();
  const read = useRead(getUser, { params: { id } });
  return (
    <Loaded read={read}>
      {({ user, standing }) => (
        <>
          <UserFacts user={user} standing={standing} />
          <div className="mt-4 grid grid-cols-1 gap-4 border-t border-hairline pt-4">
            {user.id === me.id ? (
              <p className="text-quiet">{texts.self}</p>
            ) : (
              <>
                {user.status === 'active' ? <InviteButton user={user} /> : null}
                <StatusButtons user={user} standing={standing} />
              </>
            )}
          </div>
        </>
      )}
    </Loaded>
  );
}

function UserFacts({ user, standing }: { user: User; standing: Standing }) {
  const { words, language } = useStaff();
  const moment = useMoment();
  const texts = useUserWords();
  const approve = useApprovalWords();
  const { facts } = texts;
  const { doctor } = user;
  const proof = (proven: boolean) => (
    <span className="block text-note text-quiet">{proven ? texts.proven : texts.unproven}</span>
  );
  const some = (when: boolean, fact: () => Fact): Fact[] => (when ? [fact()] : []);
  const all: Fact[] = [
    ...(user.mobile === null
      ? []
      : [
          {
            name: facts.mobile,
            value: (
              <>
                {formatPhone(user.mobile)}
                {proof(user.mobileVerified)}
              </>
            ),
          },
        ]),
    ...(user.email === null
      ? []
      : [
          {
            name: facts.email,
            value: (
              <>
                <span className="break-all">{user.email}</span>
                {proof(user.emailVerified)}
              </>
            ),
          },
        ]),
    { name: facts.kind, value: words.shell.roles[user.userType] },
    {
      name: facts.status,
      value: <Tag tone={statusTones[user.status]}>{words.doctors.statuses[user.status]}</Tag>,
    },
    ...(doctor === null
      ? []
      : [
          {
            name: facts.approval,
            value: (
              <>
                {words.doctors.approvals[doctor.approval]} · {approve.licence(doctor.licenseNumber)}
                <Link
                  to="/doctors/$doctorId/hours"
                  params={{ doctorId: String(user.id) }}
                  className="link flex min-h-8 w-fit items-center"
                >
                  {texts.setUp}
                </Link>
              </>
            ),
          },
        ]),
    ...some(user.userType === 'assistant', () => ({
      name: facts.desks,
      value: (
        <>
          {standing.desks === 0 ? texts.noDesks : texts.desks(digits(language, standing.desks))}
          <Link to="/assistants" className="link flex min-h-8 w-fit items-center">
            {texts.attach}
          </Link>
        </>
      ),
    })),
    ...some(user.userType === 'doctor' || user.userType === 'patient', () => ({
      name: facts.visits,
      value:
        standing.comingVisits === 0 ? texts.noVisits : texts.visits(digits(language, standing.comingVisits)),
    })),
    {
      name: facts.devices,
      value:
        standing.lastUsedAt === null
          ? texts.noDevices
          : texts.devices(digits(language, standing.devices), moment(standing.lastUsedAt)),
    },
    ...(standing.invitedAt === null ? [] : [{ name: facts.invited, value: moment(standing.invitedAt) }]),
    { name: facts.language, value: texts.languages[user.language] },
    { name: facts.since, value: formatDateWithYear(language, wallDate(homeWall(user.createdAt))) },
  ];
  return <Facts facts={all} />;
}
