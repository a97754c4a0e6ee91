import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import type { Appointment } from '../../../src/contract/appointments.ts';
import { BookForm } from '../../features/desk/book-form.tsx';
import { whenText } from '../../features/desk/desk-words.ts';
import { PrintedSlip } from '../../features/desk/printed-slip.tsx';
import { placesOf, useDesk } from '../../features/desk/use-desk.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Empty } from '../../ui/states.tsx';

/** Books for somebody who calls or stands at the desk: number, name, place, then the slip. */
export function DeskBook() {
  const { words } = useStaff();
  const { booking, day } = words.desk;
  const { change } = useScreenQuery();
  const [booked, setBooked] = useState<Appointment | null>(null);
  const desk = useDesk();
  const again = (): void => {
    change({ mobile: null });
    setBooked(null);
  };
  if (booked) return <Booked appointment={booked} onAnother={again} />;
  return (
    <Page title={booking.title} lead={booking.lead}>
      <Loaded read={desk}>
        {({ chambers }) => {
          const places = placesOf(chambers).filter(({ doctor }) => doctor.visitTypes.length > 0);
          if (places.length === 0) return <Empty title={day.noDesk}>{day.noDeskText}</Empty>;
          return <BookForm places={places} onBooked={setBooked} />;
        }}
      </Loaded>
    </Page>
  );
}

function Booked({ appointment, onAnother }: { appointment: Appointment; onAnother: () => void }) {
  const speaker = useStaff();
  const { booking, one } = speaker.words.desk;
  return (
    <Page title={booking.booked(appointment.patient.fullName)} printsAlone>
      <div data-screen-only>
        <p className="mb-1 text-lead font-semibold">{whenText(speaker, appointment)}</p>
        <p className="mb-5 tabular-nums">
          {one.reference}: <strong>{appointment.reference}</strong>
        </p>
        <div className="flex flex-wrap gap-3">
          <Button type="button" onClick={() => window.print()}>
            {one.print}
          </Button>
          <Button type="button" look="secondary" onClick={onAnother}>
            {booking.another}
          </Button>
          <Link
            to="/appointments/$appointmentId"
            params={{ appointmentId: String(appointment.id) }}
            className="link inline-flex min-h-12 items-center"
          >
            {booking.open}
          </Link>
        </div>
      </div>
      <PrintedSlip appointment={appointment} />
    </Page>
  );
}
