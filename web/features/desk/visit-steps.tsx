import { type ReactNode, useCallback, useState } from 'react';
import { declineAppointment } from '../../../src/contract/appointments.ts';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { AskWhyDialog } from './ask-why-dialog.tsx';
import { FocusGoesOn } from './focus-goes-on.tsx';
import { Meanwhile } from './meanwhile.tsx';
import { StepButton } from './step-button.tsx';
import { stepsFor } from './steps.ts';

/** The buttons of a visit, and why the last one was of no use. */
export function VisitSteps(props: {
  appointment: DeskAppointment;
  /** In a list: small, quiet, and no more than two. */
  dense?: boolean;
  /** Others, after the steps. */
  children?: ReactNode;
}) {
  const { words, today } = useStaff();
  const { desk } = words;
  const { appointment, dense = false } = props;
  const { id, version, patient } = appointment;
  const [refused, setRefused] = useState<{ error: unknown; version: number } | null>(null);
  const [declining, setDeclining] = useState(false);
  const refuse = useCallback(
    // Of the version that was seen then: the one that is read anew is no reason to say it again.
    (error: unknown) => setRefused((last) => (last?.error === error ? last : { error, version })),
    [version],
  );
  const steps = stepsFor(appointment, today());
  return (
    <div data-steps={id} className={`flex flex-wrap ${dense ? 'gap-2' : 'gap-3'}`}>
      {(dense ? steps.slice(0, mostInList) : steps).map((step, index) => (
        <FocusGoesOn key={step} visit={id}>
          {step === 'declined' ? (
            <Button
              type="button"
              look="secondary"
              size={dense ? 'dense' : 'touch'}
              label={desk.stepOf(desk.steps.declined, patient.fullName)}
              onClick={() => setDeclining(true)}
            >
              {desk.steps.declined}
            </Button>
          ) : (
            <StepButton
              step={step}
              appointment={appointment}
              look={
                index === 0 && step !== 'undone' && (!dense || isUrgent(appointment))
                  ? 'primary'
                  : 'secondary'
              }
              dense={dense}
              onRefused={refuse}
            />
          )}
        </FocusGoesOn>
      ))}
      {props.children}
      <div role="alert" className={refused ? 'basis-full text-note text-error' : undefined}>
        {refused ? <Meanwhile key={refused.version} appointment={appointment} {...refused} /> : null}
      </div>
      {steps.includes('declined') ? (
        <AskWhyDialog
          appointment={appointment}
          route={declineAppointment}
          words={desk.declining}
          open={declining}
          onClose={() => setDeclining(false)}
        />
      ) : null}
    </div>
  );
}

const mostInList = 2;

/** Somebody waits for it. */
const isUrgent = ({ status }: DeskAppointment): boolean =>
  status === 'pending' || status === 'arrived' || status === 'in_consultation';
