import { Link } from '@tanstack/react-router';
import { type ChamberToEdit, endChamber, listChambers } from '../../../src/contract/chambers.ts';
import { getDoctor } from '../../../src/contract/doctors.ts';
import { getArrangement } from '../../../src/contract/schedules.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Confirm } from '../../ui/confirm.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explain } from '../staff/explain.ts';
import { chamberName } from './chamber-words.ts';

/** Closes a chamber for good, after saying what that means; while it is in use, says what to do first. */
export function CloseChamber(props: { open: boolean; chamber: ChamberToEdit | null; onClose: () => void }) {
  const { words, language } = useStaff();
  const { chambers } = words;
  const toast = useToast();
  const { send, busy, error, clear } = useWrite(endChamber, {
    changes: [listChambers, getArrangement, getDoctor],
  });
  const { chamber } = props;
  if (!chamber) return null;
  const name = chamberName(language, chamber);
  const inUse = refusalOf(error)?.code === 'chamber_in_use';
  const close = (): void => {
    clear();
    props.onClose();
  };
  const closeForGood = async (): Promise<void> => {
    if ((await send({ params: { id: chamber.id } })) === null) return;
    close();
    toast({ text: chambers.closed(name) });
  };
  return (
    <Confirm
      open={props.open}
      title={chambers.closeTitle(name)}
      confirm={chambers.closeConfirm}
      pending={chambers.closing}
      danger
      busy={busy}
      error={error ? (inUse ? chambers.inUse : explain(words, error).text) : undefined}
      onConfirm={() => void closeForGood()}
      onClose={close}
    >
      {inUse ? <WhatFirst /> : <Consequences />}
    </Confirm>
  );
}

function Consequences() {
  const { chambers } = useStaff().words;
  return (
    <ul className="list-disc pl-5">
      {chambers.consequences.map((text) => (
        <li key={text}>{text}</li>
      ))}
    </ul>
  );
}

/** The way to what keeps the chamber open. */
function WhatFirst() {
  const { me, words } = useStaff();
  const { chambers } = words;
  return (
    <>
      <p className="mb-2">{chambers.first}</p>
      <ol className="list-decimal pl-5">
        {chambers.firstSteps.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
      <p className="mt-2">
        {me.userType === 'doctor' ? (
          <Link
            to="/doctors/$doctorId/hours"
            params={{ doctorId: String(me.id) }}
            className="link inline-flex min-h-12 items-center"
          >
            {chambers.toHours}
          </Link>
        ) : (
          <Link to="/doctors" className="link inline-flex min-h-12 items-center">
            {chambers.toDoctors}
          </Link>
        )}
      </p>
    </>
  );
}
