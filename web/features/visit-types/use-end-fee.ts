import { getDoctor } from '../../../src/contract/doctors.ts';
import {
  createVisitType,
  endVisitType,
  getArrangement,
  listVisitTypes,
} from '../../../src/contract/schedules.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { useToast } from '../../ui/toast.tsx';
import { chamberName } from '../chambers/chamber-words.ts';
import type { ArrangedChamber, ArrangedVisitType } from './visit-kinds.ts';

/** What is read anew when a fee is set, changed or ended. */
export const changedByFees = [getArrangement, listVisitTypes, getDoctor];

/** Ends a fee at once and offers to set it again: a visit type that comes back is as good as the one that went. */
export function useEndFee(doctorId: number): (chamber: ArrangedChamber, type: ArrangedVisitType) => void {
  const { words, language } = useStaff();
  const { fees } = words;
  const ending = useWrite(endVisitType, { changes: changedByFees });
  const setting = useWrite(createVisitType, { changes: changedByFees });
  const toast = useToast();
  const setAgain = async (
    chamber: ArrangedChamber,
    { kind, minutes, fee, windowDays }: ArrangedVisitType,
  ): Promise<void> => {
    const body = { chamberId: chamber.id, kind, minutes, fee: fee.amount, windowDays };
    const done = await setting.send({ params: { id: doctorId }, body });
    toast({ text: done === null ? fees.notBack : fees.back(fees.kinds[kind]) });
  };
  const end = async (chamber: ArrangedChamber, type: ArrangedVisitType): Promise<void> => {
    const done = await ending.send({ params: { id: doctorId, visitTypeId: type.id } });
    const name = chamberName(language, chamber);
    if (done === null) toast({ text: fees.notEnded });
    else
      toast({
        text: fees.ended(fees.kinds[type.kind], name),
        undo: () => void setAgain(chamber, type),
      });
  };
  return (chamber, type) => void end(chamber, type);
}
