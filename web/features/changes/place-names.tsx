import { getArrangement } from '../../../src/contract/schedules.ts';
import { chamberName } from '../../lib/chamber-name.ts';
import { doctorName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';

/** A chamber by the language's name; nothing until that is read, and where the doctor has no fee there any more. */
export function ChamberName(props: { doctorId: number; chamberId: number }) {
  const { language } = useStaff();
  const read = useRead(getArrangement, { params: { id: props.doctorId } });
  const chamber = read.data?.chambers.find(({ id }) => id === props.chamberId);
  return chamber ? chamberName(language, chamber) : null;
}

export function DoctorName(props: { doctorId: number }) {
  const { language } = useStaff();
  const read = useRead(getArrangement, { params: { id: props.doctorId } });
  return read.data ? doctorName(language, read.data.doctor) : null;
}
