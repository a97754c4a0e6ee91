import { useState } from 'react';
import { type Arrangement, getArrangement, listSchedules } from '../../../src/contract/schedules.ts';
import { useDoctorId } from '../../features/staff/doctor-id.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { ChamberFees } from '../../features/visit-types/chamber-fees.tsx';
import { type EditedFee, FeeDialog } from '../../features/visit-types/fee-dialog.tsx';
import { FirstSteps } from '../../features/visit-types/first-steps.tsx';
import { NeedsApproval } from '../../features/visit-types/needs-approval.tsx';
import { mayArrange, Standing } from '../../features/visit-types/standing.tsx';
import { TravelMinutes } from '../../features/visit-types/travel-minutes.tsx';
import { useEndFee } from '../../features/visit-types/use-end-fee.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Skeleton } from '../../ui/states.tsx';

/** In which chambers a doctor works, what a visit costs there and how long it takes. */
export function DoctorFees() {
  const { me, words } = useStaff();
  const { fees } = words;
  const id = useDoctorId();
  const read = useRead(getArrangement, { params: { id } });
  // Kept while the dialog closes, so that it does not change its face on the way.
  const [edited, setEdited] = useState<{ open: boolean; fee: EditedFee }>({
    open: false,
    fee: { chamber: null },
  });
  const edit = (fee: EditedFee): void => setEdited({ open: true, fee });
  const mayChange = mayArrange(me, id);
  const addChamber = (
    <Button type="button" onClick={() => edit({ chamber: null })}>
      {read.data?.chambers.length === 0 ? fees.chooseChamber : fees.addChamber}
    </Button>
  );
  return (
    <Page
      title={fees.title}
      lead={fees.lead}
      actions={mayChange && read.data?.chambers.length ? addChamber : null}
    >
      <Loaded read={read} skeleton={<Skeleton rows={2} rowHeight="panel" />}>
        {(arrangement) => (
          <>
            <Standing arrangement={arrangement} />
            {arrangement.chambers.length === 0 ? (
              <FirstSteps doctorId={id} action={mayChange ? addChamber : null} />
            ) : (
              <Chambers arrangement={arrangement} onEdit={mayChange ? edit : null} />
            )}
            <FeeDialog
              open={edited.open}
              fee={edited.fee}
              arrangement={arrangement}
              onClose={() => setEdited({ ...edited, open: false })}
            />
          </>
        )}
      </Loaded>
    </Page>
  );
}

function Chambers(props: { arrangement: Arrangement; onEdit: ((fee: EditedFee) => void) | null }) {
  const { arrangement, onEdit } = props;
  const { doctor, chambers } = arrangement;
  const end = useEndFee(doctor.id);
  const hours = useRead(listSchedules, { params: { id: doctor.id } });
  return (
    <>
      {chambers.map((chamber) => (
        <ChamberFees
          key={chamber.id}
          doctorId={doctor.id}
          chamber={chamber}
          hasHours={hours.data?.items.some(({ chamberId }) => chamberId === chamber.id) ?? null}
          onEdit={onEdit}
          onEnd={onEdit ? end : null}
        />
      ))}
      <NeedsApproval arrangement={arrangement} mayChange={onEdit !== null} />
      {chambers.length > 1 ? <TravelMinutes arrangement={arrangement} mayChange={onEdit !== null} /> : null}
    </>
  );
}
