import { useState } from 'react';
import { getUser, inviteUser } from '../../../src/contract/admin.ts';
import type { User } from '../../../src/contract/users.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explain } from '../staff/explain.ts';
import { addressesOf, userName, useUserWords } from './user-words.ts';

/** For whoever cannot sign in: they are told where to choose a new password, by what opens their account. */
export function InviteButton({ user }: { user: User }) {
  const { words, language } = useStaff();
  const { invite } = useUserWords();
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const write = useWrite(inviteUser, { changes: [getUser] });
  const name = userName(language, user);
  const send = async (): Promise<void> => {
    if (!(await write.send({ params: { id: user.id } }))) return;
    setAsking(false);
    toast({ text: invite.done(name) });
  };
  const why = !write.error
    ? undefined
    : refusalOf(write.error)?.code === 'too_many_requests'
      ? invite.tooMany
      : explain(words, write.error).text;
  return (
    <div>
      <Button type="button" look="secondary" onClick={() => setAsking(true)}>
        {invite.button}
      </Button>
      <Confirm
        open={asking}
        title={invite.title(name)}
        confirm={invite.send}
        pending={invite.sending}
        busy={write.busy}
        error={why}
        onConfirm={() => void send()}
        onClose={() => {
          write.clear();
          setAsking(false);
        }}
      >
        <p>{invite.text(addressesOf(provenOf(user)))}</p>
      </Confirm>
    </div>
  );
}

/** What opens the account: what is proven to be its owner's, or everything while nothing is. */
function provenOf({ mobile, email, mobileVerified, emailVerified }: User): Pick<User, 'mobile' | 'email'> {
  if (!mobileVerified && !emailVerified) return { mobile, email };
  return { mobile: mobileVerified ? mobile : null, email: emailVerified ? email : null };
}
