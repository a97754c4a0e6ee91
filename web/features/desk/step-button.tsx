import { useEffect } from 'react';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { useToast } from '../../ui/toast.tsx';
import { changedByDesk, focusVisit, stepRoutes } from './steps.ts';

/** Without a reason to be asked for. */
export type PressedStep = keyof typeof stepRoutes;

/** One step of one visit, done at once; its message offers to take it back where that is possible. */
export function StepButton(props: {
  step: PressedStep;
  appointment: DeskAppointment;
  look: 'primary' | 'secondary';
  dense: boolean;
  onRefused: (error: unknown) => void;
}) {
  const { words } = useStaff();
  const { desk, kit } = words;
  const { step, appointment, onRefused } = props;
  const { id, version, patient } = appointment;
  const who = patient.fullName;
  const toast = useToast();
  const write = useWrite(stepRoutes[step], { changes: changedByDesk });
  const undo = useWrite(stepRoutes.undone, { changes: changedByDesk });
  const { error } = write;
  useEffect(() => {
    if (error) onRefused(error);
  }, [error, onRefused]);
  // The message outlives this button, so what became of it is said by another one.
  const takeBack = async (madeVersion: number): Promise<void> => {
    const done = await undo.send({ params: { id }, body: { version: madeVersion } });
    toast({ text: done ? desk.done.undone(who) : desk.notUndone(who) });
  };
  const take = async (): Promise<void> => {
    const done = await write.send({ params: { id }, body: { version } });
    if (!done) return;
    const canUndo = step !== 'approved' && step !== 'undone';
    toast({ text: desk.done[step](who), ...(canUndo ? { undo: () => void takeBack(done.version) } : {}) });
    focusVisit(id);
  };
  return (
    <Button
      type="button"
      size={props.dense ? 'dense' : 'touch'}
      look={props.look}
      label={desk.stepOf(desk.steps[step], who)}
      busy={write.busy || undo.busy}
      pending={kit.loading}
      onClick={() => void take()}
    >
      {desk.steps[step]}
    </Button>
  );
}
