import { addUser, listUsers } from '../../../src/contract/admin.ts';
import type { User } from '../../../src/contract/users.ts';
import { oneOf, optionalIn, textIn } from '../../lib/form-values.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Choices, TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';
import { addressesOf, useUserWords } from './user-words.ts';

type Kind = 'assistant' | 'admin';
type Props = {
  title: string;
  /** What may be made here; one alone is not asked for. */
  kinds: readonly [Kind, ...Kind[]];
  open: boolean;
  onClose: () => void;
  onAdded: (user: User) => void;
};

/** An account for somebody who works here; they are told where to choose their password. */
export function AddUserDialog(props: Props) {
  return (
    <Dialog form title={props.title} open={props.open} onClose={props.onClose}>
      <AddUserForm {...props} />
    </Dialog>
  );
}

function AddUserForm({ kinds, onClose, onAdded }: Props) {
  const { settings } = useStaff();
  const { form: texts, languages, added } = useUserWords();
  const toast = useToast();
  const write = useWrite(addUser, { changes: [listUsers] });
  const submit = async (form: FormData): Promise<void> => {
    const mobile = optionalIn(form, 'mobile');
    const email = optionalIn(form, 'email');
    const done = await write.send({
      body: {
        fullName: textIn(form, 'fullName'),
        userType: oneOf(form, 'userType', kinds),
        language: oneOf(form, 'language', readable),
        ...(mobile === undefined ? {} : { mobile }),
        ...(email === undefined ? {} : { email }),
      },
    });
    if (!done) return;
    toast({ text: added(done.user.fullName, addressesOf(done.user)) });
    onAdded(done.user);
  };
  return (
    <Form
      error={write.error}
      fieldTexts={texts.errors}
      ownErrors={takenIn(write.error, texts.errors)}
      onSubmit={submit}
    >
      {(errors) => (
        <>
          {kinds.length > 1 ? (
            <Choices
              name="userType"
              legend={texts.kind}
              error={errors['userType']}
              value={kinds[0]}
              options={kinds.map((kind) => ({ value: kind, text: texts.kinds[kind] }))}
            />
          ) : null}
          <TextField
            name="fullName"
            label={texts.name}
            error={errors['fullName']}
            autoComplete="off"
            spellCheck={false}
          />
          <p className="text-note text-quiet">{texts.reach}</p>
          <TextField
            name="mobile"
            label={texts.mobile}
            error={errors['mobile']}
            type="tel"
            inputMode="tel"
            autoComplete="off"
            narrow
          />
          <TextField
            name="email"
            label={texts.email}
            error={errors['email']}
            type="email"
            inputMode="email"
            autoComplete="off"
            spellCheck={false}
          />
          <Choices
            name="language"
            legend={texts.language}
            error={errors['language']}
            value={settings.language}
            options={readable.map((value) => ({ value, text: languages[value] }))}
          />
          <SendOrLeave text={texts.add} busy={write.busy} pending={texts.adding} onLeave={onClose} />
        </>
      )}
    </Form>
  );
}

const readable = ['bn', 'en'] as const;

/** A number or address that is somebody else's, beside its field. */
function takenIn(error: unknown, texts: { mobileTaken: string; emailTaken: string }): Record<string, string> {
  switch (refusalOf(error)?.code) {
    case 'mobile_taken':
      return { mobile: texts.mobileTaken };
    case 'email_taken':
      return { email: texts.emailTaken };
    default:
      return {};
  }
}
