import { useState } from 'react';
import { attachAssistant, getMyDesk, listAttachments } from '../../../src/contract/attachments.ts';
import type { User } from '../../../src/contract/users.ts';
import { numberIn, textIn } from '../../lib/form-values.ts';
import { doctorName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Select } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { useToast } from '../../ui/toast.tsx';
import { chamberName, chamberPlace } from '../chambers/chamber-words.ts';
import { useChamberSearch } from '../chambers/use-chamber-search.ts';
import { useDistricts } from '../chambers/use-districts.ts';
import { Form, FormActions } from '../staff/form.tsx';
import { Loaded } from '../staff/loaded.tsx';

type Props = { assistant: User; open: boolean; onClose: () => void };

/** Lets an assistant run another desk: a chamber's, for all doctors there or for one. */
export function AttachDialog(props: Props) {
  const { assistants } = useStaff().words;
  return (
    <Dialog
      form
      title={assistants.attachTo(props.assistant.fullName)}
      open={props.open}
      onClose={props.onClose}
    >
      <AttachForm {...props} />
    </Dialog>
  );
}

function AttachForm({ assistant, onClose }: Props) {
  const { words, language } = useStaff();
  const { assistants, kit } = words;
  const districts = useDistricts();
  const { read, found, onType } = useChamberSearch();
  const [chamberId, setChamberId] = useState<string | null>(null);
  const [missing, setMissing] = useState<FieldErrors>({});
  const write = useWrite(attachAssistant, { changes: [listAttachments] });
  const toast = useToast();
  const submit = async (form: FormData): Promise<void> => {
    setMissing(chamberId ? {} : { chamberId: assistants.chooseChamber });
    if (!chamberId) return write.clear();
    const doctorId = textIn(form, 'doctorId') === '' ? {} : { doctorId: numberIn(form, 'doctorId') };
    const body = { chamberId: Number(chamberId), ...doctorId };
    if (!(await write.send({ params: { id: assistant.id }, body }))) return;
    onClose();
    toast({ text: assistants.attached(assistant.fullName) });
  };
  return (
    <Form error={write.error} ownErrors={missing} onSubmit={submit}>
      {(errors) => (
        <>
          <Loaded read={read}>
            {() => (
              <Combobox
                name="chamberId"
                label={assistants.chamber}
                hint={assistants.chamberHint}
                error={errors['chamberId']}
                options={found.map((chamber) => ({
                  value: String(chamber.id),
                  text: chamberName(language, chamber),
                  note: chamberPlace(language, chamber, districts),
                }))}
                onChange={setChamberId}
                onType={onType}
              />
            )}
          </Loaded>
          {chamberId ? (
            <DoctorsThere key={chamberId} chamberId={Number(chamberId)} error={errors['doctorId']} />
          ) : null}
          <FormActions>
            <Button busy={write.busy} pending={kit.loading}>
              {assistants.attach}
            </Button>
            <Button type="button" look="secondary" onClick={onClose}>
              {kit.cancel}
            </Button>
          </FormActions>
        </>
      )}
    </Form>
  );
}

function DoctorsThere({ chamberId, error }: { chamberId: number; error?: string | undefined }) {
  const { words, language } = useStaff();
  const { assistants } = words;
  const read = useRead(getMyDesk, { query: { chamberId } });
  return (
    <Loaded read={read}>
      {({ chambers }) => (
        <Select
          name="doctorId"
          label={assistants.doctor}
          error={error}
          options={[
            { value: '', text: assistants.allDoctors },
            ...chambers.flatMap(({ doctors }) =>
              doctors.map((doctor) => ({ value: String(doctor.id), text: doctorName(language, doctor) })),
            ),
          ]}
        />
      )}
    </Loaded>
  );
}
