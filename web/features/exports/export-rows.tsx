import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { exportRows } from '../../../src/contract/exports.ts';
import type { FigureReportName } from '../../../src/contract/figures.ts';
import type { RouteInput } from '../../../src/contract/route.ts';
import { listWorks } from '../../../src/contract/works.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';
import { FileChoices, readFileChoices } from './file-choices.tsx';

type Rows = Omit<RouteInput<typeof exportRows>['body'], 'format' | 'language'>;

/** Asks for a file of all rows behind a figure, and shows it among the files. */
export function ExportRows({ report, rows }: { report: FigureReportName; rows: Rows }) {
  const { exports } = useStaff().words;
  const [open, setOpen] = useState(false);
  const toast = useToast();
  const navigate = useNavigate();
  const { send, busy, error, clear } = useWrite(exportRows, { changes: [listWorks] });
  const close = (): void => {
    setOpen(false);
    clear();
  };
  const submit = async (form: FormData): Promise<void> => {
    const begun = await send({ params: { name: report }, body: { ...rows, ...readFileChoices(form) } });
    if (!begun) return;
    toast({ text: exports.asked });
    await navigate({ to: '/reports/files' });
  };
  return (
    <div data-screen-only className="mb-4">
      <Button type="button" look="secondary" onClick={() => setOpen(true)}>
        {exports.rows.title}
      </Button>
      <Dialog title={exports.rows.title} open={open} onClose={close} form>
        <Form error={error} onSubmit={submit}>
          {() => (
            <>
              <p>{exports.rows.text}</p>
              <FileChoices />
              <SendOrLeave text={exports.make} busy={busy} pending={exports.asking} onLeave={close} />
            </>
          )}
        </Form>
      </Dialog>
    </div>
  );
}
