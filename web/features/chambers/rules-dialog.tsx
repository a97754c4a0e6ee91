import type { ChamberToEdit } from '../../../src/contract/chambers.ts';
import { getChamberPolicy } from '../../../src/contract/policies.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Dialog } from '../../ui/dialog.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { chamberName } from './chamber-words.ts';
import { RulesForm } from './rules-form.tsx';

/** What a chamber asks of those who book by themselves. */
export function RulesDialog(props: { open: boolean; chamber: ChamberToEdit | null; onClose: () => void }) {
  const { words, language } = useStaff();
  const { chambers } = words;
  const { chamber, open, onClose } = props;
  if (!chamber) return null;
  return (
    <Dialog form title={chambers.rulesOf(chamberName(language, chamber))} open={open} onClose={onClose}>
      <Rules chamber={chamber} onClose={onClose} />
    </Dialog>
  );
}

function Rules({ chamber, onClose }: { chamber: ChamberToEdit; onClose: () => void }) {
  const { words, language } = useStaff();
  const toast = useToast();
  const read = useRead(getChamberPolicy, { params: { id: chamber.id } });
  return (
    <Loaded read={read} skeleton={<Skeleton rows={6} />}>
      {(policy) => (
        <RulesForm
          chamberId={chamber.id}
          policy={policy}
          onClose={onClose}
          onDone={() => {
            onClose();
            toast({ text: words.chambers.rulesSaved(chamberName(language, chamber)) });
          }}
        />
      )}
    </Loaded>
  );
}
