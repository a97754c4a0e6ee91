import { z } from 'zod';

const id = z.int().positive();
const appointment = z.object({ appointmentId: id, doctorId: id, version: z.int() });
const doctor = z.object({ doctorId: id });

/** A kind of event; a change that a subscriber of before cannot read raises its version. */
const kind = <Data extends z.ZodType>(summary: string, data: Data, version = 1) => ({
  summary,
  data,
  version,
});

/** What can happen, in the past tense. Payloads carry ids; a subscriber reads the present state itself. */
export const events = {
  'appointment.booked': kind('A place was taken.', appointment),
  'appointment.cancelled': kind('An appointment was called off.', appointment),
  'appointment.rescheduled': kind('An appointment has another place.', appointment),
  'appointment.held': kind('A place is kept for some minutes.', appointment),
  'appointment.expired': kind('A hold or a request ran out.', appointment),
  'appointment.requested': kind('A place was taken, and waits for the doctor’s approval.', appointment),
  'appointment.approved': kind('The doctor approved a request.', appointment),
  'appointment.declined': kind('The doctor declined a request.', appointment),
  'appointment.attended': kind(
    'Somebody arrived, went in, was done or absent, or one of these was taken back.',
    appointment,
  ),
  'appointment.nearly_next': kind('Few are before the patient now.', appointment),
  'session.delayed': kind(
    'The doctor runs so many minutes late; whoever is awaited is told of each new figure once.',
    z.object({ sessionId: id, doctorId: id, minutes: z.int().positive() }),
  ),
  'waitlist.offered': kind(
    'A place is held for the first in line of a waitlist.',
    appointment.extend({ entryId: id }),
  ),
  'code.issued': kind(
    'A code waits to be sent to whoever must prove that a number or an address is theirs.',
    z.object({ codeId: z.uuid() }),
  ),
  'user.invited': kind(
    'Somebody is to be told where to choose a password for the account that was made for them.',
    z.object({ invitationId: id }),
  ),
  'report.ready': kind(
    'A doctor’s monthly report is there to be read: the month has ended, or a closed one has come to other figures.',
    z.object({ reportId: id, doctorId: id }),
  ),
  'schedule.changed': kind('When and where a doctor can be booked has changed.', doctor),
  'doctor.changed': kind('What is shown of a doctor has changed.', doctor),
};

export type EventName = keyof typeof events;
type DataOf<Name extends EventName> = z.output<(typeof events)[Name]['data']>;

/** What a command publishes. */
export type Event = { [Name in EventName]: { name: Name; data: DataOf<Name> } }[EventName];

/** An event as it travels. `id` stays the same however often it is delivered. */
export type Happened<Name extends EventName = EventName> = {
  [Each in Name]: {
    id: string;
    name: Each;
    version: number;
    /** RFC 3339, by the database's clock. */
    occurredAt: string;
    /** The request or job that it came from. */
    requestId: string | null;
    data: DataOf<Each>;
  };
}[Name];

/** The schema of an event of one kind as it travels. */
export function happenedSchema(name: EventName) {
  const known = schemas.get(name) ?? schemaOf(name);
  schemas.set(name, known);
  return known;
}

const schemaOf = (name: EventName) =>
  z.object({
    id: z.uuid(),
    name: z.literal(name),
    version: z.literal(events[name].version),
    occurredAt: z.iso.datetime({ offset: true }),
    requestId: z.string().max(64).nullable(),
    data: events[name].data,
  });

// Making one takes longer than everything else that is done to relay an event.
const schemas = new Map<EventName, ReturnType<typeof schemaOf>>();

const named = z.object({ name: z.enum(Object.keys(events) as EventName[]) });

/** The name of an event of a kind known here, if the value is one. */
export const nameOf = (value: unknown): EventName | undefined => named.safeParse(value).data?.name;

/** Throws what zod throws when the value is no event of a kind and version known here. */
export function parseHappened(value: unknown): Happened {
  const { name } = named.parse(value);
  // The schema is that of the event's own name.
  return happenedSchema(name).parse(value) as Happened;
}
