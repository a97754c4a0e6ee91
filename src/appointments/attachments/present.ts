import type { Attachment } from '../../contract/attachments.ts';
import type { AttachmentRow } from './queries.ts';

export const presentAttachment = (row: AttachmentRow): Attachment => ({
  id: row.id,
  assistantId: row.assistant_id,
  chamber: { id: row.chamber_id, fullName: row.chamber_name, nameBn: row.chamber_name_bn },
  doctor:
    row.doctor_id === null
      ? null
      : { id: row.doctor_id, fullName: row.doctor_name ?? '', nameBn: row.doctor_name_bn },
});
