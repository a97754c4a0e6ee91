import {
  attachAssistant,
  type Attachment,
  endAttachment,
  listAttachments,
} from '../../../src/contract/attachments.ts';
import type { User } from '../../../src/contract/users.ts';
import { doctorName, localName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { focusHeading } from '../../ui/focus-heading.ts';
import { useToast } from '../../ui/toast.tsx';
import { explain } from '../staff/explain.ts';
import { LoadedPages } from '../staff/loaded.tsx';

/** The desks of one assistant; taking one away can be taken back. */
export function AttachedDesks({ assistant }: { assistant: User }) {
  const { words, language } = useStaff();
  const { assistants } = words;
  const params = { id: assistant.id };
  const read = useReadPages(listAttachments, { params, query: { limit: 50 } });
  const end = useWrite(endAttachment, { changes: [listAttachments] });
  const again = useWrite(attachAssistant, { changes: [listAttachments] });
  const toast = useToast();
  const nameOf = ({ chamber, doctor }: Attachment): string =>
    doctor
      ? `${doctorName(language, doctor)} · ${localName(language, chamber)}`
      : localName(language, chamber);
  const takeBack = async ({ chamber, doctor }: Attachment): Promise<void> => {
    const body = { chamberId: chamber.id, ...(doctor ? { doctorId: doctor.id } : {}) };
    const done = await again.send({ params, body });
    toast({ text: done ? assistants.attached(assistant.fullName) : assistants.notAttached });
  };
  const detach = async (attachment: Attachment): Promise<void> => {
    // It answers nothing, and null says that it was refused.
    if ((await end.send({ params: { ...params, attachmentId: attachment.id } })) === null) return;
    toast({ text: assistants.detached(assistant.fullName), undo: () => void takeBack(attachment) });
    focusHeading(`assistant-${assistant.id}`);
  };
  return (
    <>
      <p role="alert" className={end.error ? 'mb-2 text-error' : undefined}>
        {end.error ? explain(words, end.error).text : null}
      </p>
      <LoadedPages read={read} more={assistants.more}>
        {(found) =>
          found.length === 0 ? (
            <p className="text-quiet">{assistants.none}</p>
          ) : (
            <ul aria-label={assistants.desksOf(assistant.fullName)}>
              {found.map((attachment) => (
                <li
                  key={attachment.id}
                  className="flex items-center justify-between gap-4 border-t border-hairline py-2"
                >
                  <span className="min-w-0">
                    {localName(language, attachment.chamber)}
                    <span className="block text-note text-quiet">
                      {attachment.doctor ? doctorName(language, attachment.doctor) : assistants.allDoctors}
                    </span>
                  </span>
                  <Button
                    type="button"
                    look="secondary"
                    size="dense"
                    label={assistants.detachFrom(nameOf(attachment))}
                    busy={end.busy}
                    onClick={() => void detach(attachment)}
                  >
                    {assistants.detach}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </LoadedPages>
    </>
  );
}
