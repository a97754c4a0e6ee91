import type { ChamberToEdit } from '../../../src/contract/chambers.ts';
import type { Chamber } from '../../../src/contract/doctors.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { ChamberForm } from './chamber-form.tsx';
import { chamberName } from './chamber-words.ts';

/** A new chamber, or one to change. */
export function ChamberDialog(props: {
  open: boolean;
  chamber: ChamberToEdit | null;
  onClose: () => void;
  /** The list may not reach as far as a new one. */
  onAdded: (chamber: Chamber) => void;
}) {
  const { words, language } = useStaff();
  const { chambers } = words;
  const toast = useToast();
  const { chamber, onClose } = props;
  return (
    <Dialog
      form
      title={chamber ? chambers.changeOf(chamberName(language, chamber)) : chambers.add}
      open={props.open}
      onClose={onClose}
    >
      <ChamberForm
        chamber={chamber}
        onClose={onClose}
        onDone={(done) => {
          onClose();
          if (!chamber) props.onAdded(done);
          const name = chamberName(language, done);
          toast({ text: chamber ? chambers.changed(name) : chambers.added(name) });
        }}
      />
    </Dialog>
  );
}
