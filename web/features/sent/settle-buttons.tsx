import { useState } from 'react';
import { type LedgerMessage, listMessages, resolveMessage } from '../../../src/contract/messages.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Failure } from '../../ui/notices.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explain } from '../staff/explain.ts';
import { recipientText, whatText } from './sent-words.ts';

type Decision = 'sent' | 'send_again' | 'give_up';

/** What a person can decide about a message that is uncertain or failed. To send it again may tell somebody twice. */
export function SettleButtons({ message, onSettled }: { message: LedgerMessage; onSettled: () => void }) {
  const speaker = useStaff();
  const { words } = speaker;
  const { settle } = words.sent;
  const toast = useToast();
  const [asking, setAsking] = useState(false);
  const { send, busy, error, clear } = useWrite(resolveMessage, { changes: [listMessages] });
  const decide = async (decision: Decision): Promise<void> => {
    if (!(await send({ params: { id: message.id }, body: { decision } }))) return;
    setAsking(false);
    toast({ text: settle.done[decision] });
    onSettled();
  };
  const why = error
    ? refusalOf(error)?.code === 'changed_meanwhile'
      ? settle.gone
      : explain(words, error).text
    : undefined;
  const [what, to] = [whatText(speaker, message), recipientText(speaker, message)];
  const label = (action: string): string => settle.actionOf(action, what, to);
  const uncertain = message.state === 'unknown';
  return (
    <>
      <div className="flex flex-wrap gap-3">
        <Button
          type="button"
          look="secondary"
          label={label(settle.sent)}
          busy={busy}
          pending={settle.deciding}
          onClick={() => void decide('sent')}
        >
          {settle.sent}
        </Button>
        <Button
          type="button"
          look="secondary"
          label={label(settle.again)}
          onClick={() => (uncertain ? setAsking(true) : void decide('send_again'))}
        >
          {settle.again}
        </Button>
        {uncertain ? (
          <Button
            type="button"
            look="danger"
            label={label(settle.giveUp)}
            onClick={() => void decide('give_up')}
          >
            {settle.giveUp}
          </Button>
        ) : null}
      </div>
      <Failure text={asking ? null : why} className="mt-2" />
      <Confirm
        open={asking}
        title={settle.againTitle}
        confirm={settle.again}
        pending={settle.deciding}
        busy={busy}
        error={why}
        onConfirm={() => void decide('send_again')}
        onClose={() => {
          clear();
          setAsking(false);
        }}
      >
        <p className="mb-2 font-semibold break-words">
          {what}, {to}
        </p>
        <p>{settle.againText}</p>
      </Confirm>
    </>
  );
}
