import { Link, useParams } from '@tanstack/react-router';
import { cancelAppointment } from '../../../src/contract/appointments.ts';
import { listDesk, type DeskAppointment as Shown } from '../../../src/contract/desk.ts';
import { AskWhyDialog } from '../../features/desk/ask-why-dialog.tsx';
import { whenText, personFacts, statusTones } from '../../features/desk/desk-words.ts';
import { FeePanel } from '../../features/desk/fee-panel.tsx';
import { FocusGoesOn } from '../../features/desk/focus-goes-on.tsx';
import { HistoryList } from '../../features/desk/history-list.tsx';
import { MoveDialog } from '../../features/desk/move-dialog.tsx';
import { PrintedSlip } from '../../features/desk/printed-slip.tsx';
import { PrivateNote } from '../../features/desk/private-note.tsx';
import { isMovable, waitsForDeposit } from '../../features/desk/steps.ts';
import { SwapDialog } from '../../features/desk/swap-dialog.tsx';
import { VisitSteps } from '../../features/desk/visit-steps.tsx';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { formatMoney } from '../../lib/money.ts';
import { doctorName, localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Facts, type Fact } from '../../ui/facts.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useState } from 'react';

/** One appointment: how it stands, what can be done, and everything that has happened. */
export function DeskAppointment() {
  const { appointmentId } = useParams({ from: '/appointments/$appointmentId' });
  const id = Number(appointmentId);
  return /^[1-9]\d{0,9}$/.test(appointmentId) ? <One id={id} /> : <NotFound />;
}

function One({ id }: { id: number }) {
  const { words } = useStaff();
  const { one } = words.desk;
  const read = useRead(listDesk, { query: { id } });
  return (
    <Loaded read={read}>
      {({ items: [appointment] }) =>
        appointment ? (
          <>
            <p data-screen-only className="mb-2">
              <Link
                to="/appointments"
                search={{ date: appointment.date }}
                className="link inline-flex min-h-8 items-center"
              >
                {one.back}
              </Link>
            </p>
            <Screen appointment={appointment} />
          </>
        ) : (
          <NotFound />
        )
      }
    </Loaded>
  );
}

function Screen({ appointment }: { appointment: Shown }) {
  const { me, words } = useStaff();
  const { one } = words.desk;
  return (
    <Page title={appointment.patient.fullName} printsAlone>
      <div data-screen-only className="grid grid-cols-1 gap-x-6 lg:grid-cols-2">
        <div>
          <Panel>
            <Facts facts={useFacts(appointment)} />
          </Panel>
          <Actions appointment={appointment} />
          <FeePanel appointment={appointment} />
        </div>
        <div>
          {me.userType === 'doctor' ? <PrivateNote appointmentId={appointment.id} /> : null}
          <Panel id="history" title={one.history}>
            <HistoryList appointment={appointment} />
          </Panel>
        </div>
      </div>
      <PrintedSlip appointment={appointment} />
    </Page>
  );
}

function useFacts(appointment: Shown): Fact[] {
  const speaker = useStaff();
  const { words, language } = speaker;
  const { desk, fees } = words;
  const { one } = desk;
  const { notes, overbookReason } = appointment;
  return [
    {
      name: one.when,
      value: (
        <>
          <strong className="block">{whenText(speaker, appointment)}</strong>
          <Tag tone={statusTones[appointment.status]}>{desk.statuses[appointment.status]}</Tag>
        </>
      ),
    },
    { name: one.patient, value: personFacts(speaker, appointment.patient) || appointment.patient.fullName },
    { name: one.doctor, value: doctorName(language, appointment.doctor) },
    { name: one.chamber, value: localName(language, appointment.chamber) },
    { name: one.visit, value: fees.kinds[appointment.visitKind] },
    { name: one.fee, value: formatMoney(language, appointment.fee) },
    { name: one.channel, value: one.channels[appointment.channel] },
    { name: one.reference, value: <strong className="tabular-nums">{appointment.reference}</strong> },
    ...(notes ? [{ name: one.notes, value: notes }] : []),
    ...(overbookReason ? [{ name: one.reason, value: overbookReason }] : []),
  ];
}

function Actions({ appointment }: { appointment: Shown }) {
  const { words } = useStaff();
  const { one } = words.desk;
  const [open, setOpen] = useState<'move' | 'swap' | 'cancel' | null>(null);
  const close = (): void => setOpen(null);
  const unpaid = waitsForDeposit(appointment);
  const { cancelling } = words.desk;
  return (
    <>
      <div className="mb-6">
        <VisitSteps appointment={appointment}>
          {isMovable(appointment) ? (
            <FocusGoesOn visit={appointment.id}>
              <Button type="button" look="secondary" onClick={() => setOpen('move')}>
                {one.move}
              </Button>
              <Button type="button" look="secondary" onClick={() => setOpen('swap')}>
                {one.swap}
              </Button>
            </FocusGoesOn>
          ) : null}
          {isMovable(appointment) || unpaid ? (
            <FocusGoesOn visit={appointment.id}>
              <Button type="button" look="danger" onClick={() => setOpen('cancel')}>
                {one.cancel}
              </Button>
            </FocusGoesOn>
          ) : null}
          <Button type="button" look="secondary" onClick={() => window.print()}>
            {one.print}
          </Button>
        </VisitSteps>
      </div>
      <MoveDialog appointment={appointment} open={open === 'move'} onClose={close} />
      <SwapDialog appointment={appointment} open={open === 'swap'} onClose={close} />
      <AskWhyDialog
        appointment={appointment}
        route={cancelAppointment}
        words={unpaid ? { ...cancelling, text: cancelling.unpaidText } : cancelling}
        open={open === 'cancel'}
        onClose={close}
      />
    </>
  );
}
