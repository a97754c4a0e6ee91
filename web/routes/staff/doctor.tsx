import { Outlet, useParams } from '@tanstack/react-router';
import { getArrangement } from '../../../src/contract/schedules.ts';
import { NotFound, NotYours } from '../../features/staff/dead-ends.tsx';
import { doctorName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { TabLinks } from '../../ui/tab-links.tsx';

/** Whose set-up it is, and the ways between its parts. */
export function Doctor() {
  const { doctorId } = useParams({ from: '/doctors/$doctorId' });
  const { me } = useStaff();
  if (!/^[1-9]\d{0,9}$/.test(doctorId)) return <NotFound />;
  if (me.userType === 'doctor' && Number(doctorId) !== me.id) return <NotYours />;
  return <DoctorSetUp id={Number(doctorId)} />;
}

function DoctorSetUp({ id }: { id: number }) {
  const { me, words } = useStaff();
  const { doctors, shell } = words;
  // A doctor has their own parts in the rail already.
  if (id === me.id) return <Outlet />;
  const base = `/doctors/${id}`;
  return (
    <>
      <DoctorName id={id} />
      <TabLinks
        label={doctors.tabs}
        links={[
          { to: `${base}/hours`, text: shell.parts.hours },
          { to: `${base}/fees`, text: shell.parts.fees },
          { to: `${base}/time-off`, text: shell.parts.timeOff },
          { to: `${base}/why`, text: shell.parts.why },
        ]}
      />
      <Outlet />
    </>
  );
}

/** Also of a doctor whom patients cannot find yet. */
function DoctorName({ id }: { id: number }) {
  const { language } = useStaff();
  const { data } = useRead(getArrangement, { params: { id } });
  return <p className="mb-1 min-h-8 text-lead">{data ? doctorName(language, data.doctor) : ''}</p>;
}
