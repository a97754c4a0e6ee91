import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { getHistory } from '../../../src/contract/appointments.ts';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { readAnew, useRead } from '../../lib/staff/data.ts';
import { explain } from '../staff/explain.ts';
import { stepWho } from './desk-words.ts';
import { changedByDesk } from './steps.ts';

/**
 * Why a step was refused: where somebody else was faster, who that was and what they did. The lists are read anew then, and
 * it is said once they show it: whoever presses again does so for what stands there now.
 */
export function Meanwhile(props: {
  appointment: Pick<DeskAppointment, 'id' | 'version'>;
  /** Of the appointment that was seen when the step was taken. */
  version: number;
  error: unknown;
}) {
  const speaker = useStaff();
  const { words } = speaker;
  const { desk } = words;
  const { appointment, version, error } = props;
  const client = useQueryClient();
  const overtaken = isOvertaken(error);
  useEffect(() => {
    if (overtaken) void readAnew(client, changedByDesk);
  }, [client, overtaken]);
  const history = useRead(getHistory, { params: { id: appointment.id } }, { enabled: overtaken });
  const last = history.data?.items.findLast((one) => one.version <= appointment.version);
  if (overtaken && last && last.version > version)
    return (
      <>
        {desk.meanwhile} <strong>{desk.history.steps[last.step]}</strong>, {stepWho(speaker, last)}.
      </>
    );
  return <>{explain(words, error).text}</>;
}

export function isOvertaken(error: unknown): boolean {
  const code = refusalOf(error)?.code;
  return code === 'changed_meanwhile' || code === 'wrong_state';
}
