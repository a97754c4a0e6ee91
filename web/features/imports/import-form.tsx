import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import type { ImportKind } from '../../../src/contract/import-columns.ts';
import { checkImport, listImports, mostImportBytes } from '../../../src/contract/imports.ts';
import { digits } from '../../lib/digits.ts';
import { sizeText } from '../../lib/file-size.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useUpload } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/field.tsx';
import { FileField } from '../../ui/file-field.tsx';
import { Progress } from '../../ui/progress.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { useImportWords } from './import-words.ts';

/** A file is handed over, and its check opened. */
export function ImportForm({ kind }: { kind: ImportKind }) {
  const { language } = useStaff();
  const { upload } = useImportWords();
  const [file, setFile] = useState<File | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);
  const navigate = useNavigate();
  const { send, busy, error, share } = useUpload(checkImport, { changes: [listImports] });
  const submit = async (form: FormData): Promise<void> => {
    const found = file === null ? upload.none : file.size > mostImportBytes ? upload.tooLarge : null;
    setWrong(found);
    if (found !== null || file === null) return;
    const query = {
      kind,
      same: form.get('same') === 'refuse' ? ('refuse' as const) : ('skip' as const),
      ...(kind === 'doctors' ? { approval: readApproval(form) } : {}),
    };
    const answer = await send({ query }, file);
    if (answer) await navigate({ to: '/imports/$importId', params: { importId: String(answer.import.id) } });
  };
  return (
    <Form error={error} ownErrors={wrong === null ? {} : { file: wrong }} onSubmit={submit}>
      {(errors) => (
        <>
          <FileField
            name="file"
            label={upload.file}
            hint={upload.hint}
            choose={upload.drop}
            accept=".csv,.tsv,.txt,.xlsx,text/csv"
            error={errors['file']}
            describe={({ name, size }) => upload.chosen(name, sizeText(language, size))}
            onChange={(chosen) => {
              setFile(chosen);
              setWrong(null);
            }}
          />
          <Choices
            name="same"
            legend={upload.same}
            value="skip"
            options={(['skip', 'refuse'] as const).map((value) => ({ value, text: upload.sames[value] }))}
          />
          {kind === 'doctors' ? (
            <Choices
              name="approval"
              legend={upload.approval}
              value="pending"
              options={(['pending', 'approved'] as const).map((value) => ({
                value,
                text: upload.approvals[value],
              }))}
            />
          ) : null}
          {busy ? (
            <Progress
              label={upload.sending}
              done={share}
              total={1}
              text={upload.sent(digits(language, Math.floor(share * 100)))}
            />
          ) : null}
          <FormActions>
            <Button busy={busy} pending={upload.sending}>
              {upload.send}
            </Button>
          </FormActions>
        </>
      )}
    </Form>
  );
}

const readApproval = (form: FormData): 'approved' | 'pending' =>
  form.get('approval') === 'approved' ? 'approved' : 'pending';
