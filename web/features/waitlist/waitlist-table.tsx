import type { Route } from '../../../src/contract/route.ts';
import { listDesk } from '../../../src/contract/desk.ts';
import {
  acceptOffer,
  declineOffer,
  leaveWaitlist,
  listWaitlist,
  type WaitlistEntry,
} from '../../../src/contract/waitlist.ts';
import { formatShortDate } from '../../lib/dates.ts';
import type { Language } from '../../lib/language.ts';
import { doctorName } from '../../lib/names.ts';
import { formatPhone } from '../../lib/phone.ts';
import { type Staff, useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { wallDate } from '../../lib/times.ts';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';
import { useToast } from '../../ui/toast.tsx';
import { timeText, whenText } from '../desk/desk-words.ts';
import { explain } from '../staff/explain.ts';

/** A line in its order, with what the desk does for whoever calls back. */
export function WaitlistTable({ entries, doctors }: { entries: readonly WaitlistEntry[]; doctors: boolean }) {
  const speaker = useStaff();
  const { language, words } = speaker;
  const { waitlist } = words;
  const { columns } = waitlist;
  return (
    <DataTable
      caption={waitlist.title}
      rows={entries}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'who',
          head: columns.who,
          render: ({ patient }) => (
            <span className="max-md:text-right">
              <strong>{patient.fullName}</strong>
              {patient.mobile ? (
                <a href={`tel:${patient.mobile}`} className="link block text-note whitespace-nowrap">
                  {formatPhone(patient.mobile)}
                </a>
              ) : null}
            </span>
          ),
        },
        ...(doctors
          ? [
              {
                name: 'with',
                head: columns.with,
                render: (row: WaitlistEntry) => doctorName(language, row.doctor),
              },
            ]
          : []),
        { name: 'wants', head: columns.wants, render: (row) => wantsOf(speaker, row) },
        {
          name: 'status',
          head: columns.status,
          render: ({ offer }) =>
            offer ? (
              <span className="max-md:text-right">
                <Tag tone="waiting">{waitlist.offered}</Tag>
                <span className="block text-note">
                  {waitlist.offer(whenText(speaker, offer), dayAndTime(language, offer.until))}
                </span>
              </span>
            ) : (
              <Tag tone="off">{waitlist.waiting}</Tag>
            ),
        },
        { name: 'next', head: columns.next, render: (row) => <Actions entry={row} /> },
      ]}
    />
  );
}

function wantsOf({ words, language }: Staff, { wants }: WaitlistEntry): string {
  const { waitlist } = words;
  const { from, to, earlierThan } = wants;
  if (earlierThan) return waitlist.earlier(dayAndTime(language, earlierThan.period.start));
  if (from === null || to === null) return waitlist.anyDay;
  return waitlist.dates(formatShortDate(language, from), formatShortDate(language, to));
}

/** `Wed 25 Nov, 5:30pm`. */
const dayAndTime = (language: Language, instant: string): string =>
  `${formatShortDate(language, wallDate(instant))}, ${timeText(language, instant)}`;

const changed = [listWaitlist, listDesk] as const satisfies readonly Route[];

function Actions({ entry }: { entry: WaitlistEntry }) {
  const { words } = useStaff();
  const { waitlist, kit } = words;
  const toast = useToast();
  const accept = useWrite(acceptOffer, { changes: changed });
  const decline = useWrite(declineOffer, { changes: changed });
  const leave = useWrite(leaveWaitlist, { changes: changed });
  const who = entry.patient.fullName;
  const params = { id: entry.id };
  const answer = { params, body: entry.offer ? { appointmentId: entry.offer.appointmentId } : {} };
  const error = accept.error ?? decline.error ?? leave.error;
  const actions = [
    ...(entry.offer
      ? [
          {
            text: waitlist.accept,
            look: 'primary' as const,
            busy: accept.busy,
            act: async () => {
              if (await accept.send(answer)) toast({ text: waitlist.accepted(who) });
            },
          },
          {
            text: waitlist.decline,
            look: 'secondary' as const,
            busy: decline.busy,
            act: async () => {
              if (await decline.send(answer)) toast({ text: waitlist.declined(who) });
            },
          },
        ]
      : []),
    {
      text: waitlist.leave,
      look: 'danger' as const,
      busy: leave.busy,
      act: async () => {
        if ((await leave.send({ params })) !== null) toast({ text: waitlist.left(who) });
      },
    },
  ];
  return (
    <span className="flex flex-wrap justify-end gap-2 md:justify-start">
      {actions.map(({ text, look, busy, act }) => (
        <Button
          key={text}
          type="button"
          size="dense"
          look={look}
          label={waitlist.actionOf(text, who)}
          busy={busy}
          pending={kit.loading}
          onClick={() => void act()}
        >
          {text}
        </Button>
      ))}
      <span role="alert" className={error ? 'basis-full text-note text-error' : 'sr-only'}>
        {error ? explain(words, error).text : null}
      </span>
    </span>
  );
}
