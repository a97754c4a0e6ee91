import type { ReactNode } from 'react';
import type { Visit } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { Note, Notice } from '../../ui/notices.tsx';
import { newKey } from '../booking/confirm-input.ts';
import type { SentCode } from './sent-code.ts';

/** What became of a wish for another code. */
export type Resent = 'sent' | 'early' | null;

/** The one field for a code, and what to do when it does not come. `change` goes back to the number. */
export function CodeForm(props: {
  visit: Visit;
  id?: string;
  action: string;
  sent: SentCode;
  typed: string;
  error: string | undefined;
  resent: Resent;
  button: string;
  pending: string;
  /** What leads back, where the number is not to be changed. */
  back?: string;
  /** More fields of the same form. */
  children?: ReactNode;
}) {
  const { visit, action, sent, resent } = props;
  const { m } = visit;
  const byMail = sent.sentTo.includes('@');
  return (
    <>
      {sent.demoCode ? (
        <div className="mb-5">
          <Note>{m.guest.demo(sent.demoCode)}</Note>
        </div>
      ) : null}
      {resent ? (
        <output className="mb-5 block">
          <Notice tone={resent === 'sent' ? 'done' : 'waiting'}>
            {resent === 'sent' ? m.guest.resent : m.guest.resendLater}
          </Notice>
        </output>
      ) : null}
      <form id={props.id} method="post" action={action} noValidate className="grid grid-cols-1 gap-5">
        <input type="hidden" name="act" value="confirm" />
        <input type="hidden" name="key" value={newKey()} />
        <TextField
          name="code"
          label={byMail ? m.guest.codeByMail : m.guest.code}
          hint={m.guest.codeHint}
          error={props.error}
          value={props.typed}
          inputMode="numeric"
          autoComplete="one-time-code"
          spellCheck={false}
          draft="never"
          narrow
        />
        {props.children}
        <div>
          <Button pending={props.pending} wide>
            {props.button}
          </Button>
        </div>
      </form>
      <section aria-labelledby="not-come" className="mt-8 border-t border-hairline pt-4">
        <h2 id="not-come" className="text-body">
          {byMail ? m.guest.notComeByMail : m.guest.notCome}
        </h2>
        <div className="flex flex-wrap gap-x-6">
          <Act action={action} act="resend" text={m.guest.resend} />
          <Act
            action={action}
            act="change"
            text={props.back ?? (byMail ? m.guest.changeMail : m.guest.change)}
          />
        </div>
      </section>
    </>
  );
}

function Act(props: { action: string; act: string; text: string }) {
  return (
    <form method="post" action={props.action}>
      <input type="hidden" name="act" value={props.act} />
      <button type="submit" className="link min-h-12 text-left">
        {props.text}
      </button>
    </form>
  );
}
