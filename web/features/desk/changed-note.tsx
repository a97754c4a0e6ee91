import { useState } from 'react';
import type { DeskAppointment } from '../../../src/contract/desk.ts';
import { Notice } from '../../ui/notices.tsx';
import { isOvertaken, Meanwhile } from './meanwhile.tsx';

/** In a dialog that was overtaken: who did what since it was opened. */
export function ChangedNote({ appointment, error }: { appointment: DeskAppointment; error: unknown }) {
  // As it was when the dialog opened: what stands on the screen is read anew.
  const [version] = useState(appointment.version);
  if (!isOvertaken(error)) return null;
  return (
    <div className="mb-4">
      <Notice tone="waiting">
        <Meanwhile appointment={appointment} version={version} error={error} />
      </Notice>
    </div>
  );
}
