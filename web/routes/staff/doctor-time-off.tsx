import { type ReactNode, useState } from 'react';
import { getArrangement, listSchedules } from '../../../src/contract/schedules.ts';
import type { Step } from '../../features/exceptions/exception-dialog.tsx';
import { TimeOffCalendar, type UsualHours } from '../../features/exceptions/time-off-calendar.tsx';
import { useDoctorId } from '../../features/staff/doctor-id.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/states.tsx';

/** Time off and other hours of a doctor: on a month's calendar, and as a list of what is coming. */
export function DoctorTimeOff() {
  const { words, me } = useStaff();
  const { timeOff: texts } = words;
  const mayChange = me.userType === 'admin' || me.userType === 'doctor';
  const [dialog, setDialog] = useState<{ open: boolean; step: Step }>(nothingOpen);
  const show = (step: Step): void => setDialog({ open: true, step });
  return (
    <Page
      title={texts.title}
      lead={mayChange ? texts.lead : texts.readOnly}
      actions={
        mayChange ? (
          <>
            <Button type="button" onClick={() => show({ what: 'time_off', old: null, date: null })}>
              {texts.addTimeOff}
            </Button>
            <Button
              type="button"
              look="secondary"
              onClick={() => show({ what: 'other_hours', old: null, date: null })}
            >
              {texts.addOtherHours}
            </Button>
          </>
        ) : null
      }
    >
      <Usual>
        {(usual) => (
          <TimeOffCalendar
            {...usual}
            mayChange={mayChange}
            dialog={dialog}
            onStep={show}
            onClose={() => setDialog({ ...dialog, open: false })}
          />
        )}
      </Usual>
    </Page>
  );
}

const nothingOpen = { open: false, step: { what: 'time_off', old: null, date: null } } as const;

/** Where the doctor sits, and when. */
function Usual({ children }: { children: (usual: UsualHours) => ReactNode }) {
  const id = useDoctorId();
  const arrangement = useRead(getArrangement, { params: { id } });
  const schedules = useRead(listSchedules, { params: { id } });
  return (
    <Loaded read={arrangement} skeleton={<Skeleton rows={4} rowHeight="panel" />}>
      {({ chambers }) => (
        <Loaded read={schedules} skeleton={<Skeleton rows={4} rowHeight="panel" />}>
          {({ items }) => children({ chambers, schedules: items })}
        </Loaded>
      )}
    </Loaded>
  );
}
