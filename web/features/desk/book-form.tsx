import { useRef, useState } from 'react';
import { type Appointment, bookAppointment } from '../../../src/contract/appointments.ts';
import { addDeskPatient, findPatients } from '../../../src/contract/desk-patients.ts';
import { optionalIn } from '../../lib/form-values.ts';
import { formatMoney } from '../../lib/money.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Select, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { useScreenQuery } from '../staff/screen-query.ts';
import { inOrder } from '../visit-types/visit-kinds.ts';
import { keepDesk, readKeptDesk } from './kept-desk.ts';
import { mayOverrule, NextPlaces } from './next-places.tsx';
import { PlaceChoice, readPlace, type WantedPlace } from './place-choice.tsx';
import { changedByDesk } from './steps.ts';
import { deskPlaceText, type DeskPlace } from './use-desk.ts';
import { readWho, WhoComes } from './who-comes.tsx';

/**
 * One form for whoever calls or stands there: number, name, place. A new person is taken into the list and the place is
 * booked by the same press.
 */
export function BookForm(props: {
  places: readonly DeskPlace[];
  onBooked: (appointment: Appointment) => void;
}) {
  const { words, language, today } = useStaff();
  const { desk, fees, kit } = words;
  const { booking } = desk;
  const { query, change } = useScreenQuery();
  const channel = query['channel'] === 'phone' ? 'phone' : 'walk_in';
  const [where, setWhere] = useState(query['where'] ?? readKeptDesk());
  const [kind, setKind] = useState<string | null>(null);
  const [missing, setMissing] = useState<FieldErrors>({});
  const form = useRef<HTMLDivElement>(null);
  const add = useWrite(addDeskPatient, { changes: [findPatients] });
  const book = useWrite(bookAppointment, { changes: changedByDesk });
  const chosen = props.places.find(({ value }) => value === where) ?? props.places[0];
  if (!chosen) return null;
  const { doctor, chamber } = chosen;
  const types = inOrder(doctor.visitTypes);
  const visitType = types.find(({ id }) => String(id) === kind) ?? types[0];
  if (!visitType) return null;

  const send = async (
    filled: FormData,
    { place, overbookReason }: { place: WantedPlace; overbookReason?: string },
  ): Promise<void> => {
    const who = readWho(filled);
    if ('field' in who) return setMissing({ [who.field]: booking.missing[who.field] });
    setMissing({});
    add.clear();
    const patientId = 'id' in who ? who.id : (await add.send({ body: who.person }))?.patient.id;
    if (patientId === undefined) return;
    const notes = optionalIn(filled, 'notes');
    const booked = await book.send({
      body: {
        doctorId: doctor.id,
        chamberId: chamber.id,
        visitTypeId: visitType.id,
        patientId,
        channel,
        ...place,
        ...(notes ? { notes } : {}),
        ...(overbookReason ? { overbookReason } : {}),
      },
    });
    if (!booked) return;
    keepDesk(chosen.value);
    props.onBooked(booked);
  };
  const submit = async (filled: FormData): Promise<void> => {
    const wanted = readPlace(filled);
    const who = readWho(filled);
    const gaps = [who, wanted].flatMap((part) => ('field' in part ? [part.field] : []));
    book.clear();
    if ('field' in wanted || gaps.length > 0)
      return setMissing(Object.fromEntries(gaps.map((field) => [field, booking.missing[field]])));
    await send(filled, wanted);
  };
  /** One of the next free places, by one press. */
  const take = (place: WantedPlace): void => {
    const element = form.current?.querySelector('form');
    if (element) void send(new FormData(element), { place });
  };
  const refusal = refusalOf(book.error);
  const insists = mayOverrule(refusal);
  return (
    <div ref={form}>
      <TabChoice
        name="channel"
        legend={booking.channel}
        value={channel}
        options={[
          { value: 'walk_in', text: booking.channels.walk_in },
          { value: 'phone', text: booking.channels.phone },
        ]}
        onChange={(value) => change({ channel: value === 'phone' ? value : null })}
      />
      <div className="mt-5">
        <Form
          error={add.error ?? book.error}
          ownErrors={missing}
          fieldTexts={booking.errors}
          wide
          onSubmit={submit}
        >
          {(errors) => (
            <>
              <NextPlaces refusal={refusal} onChoose={take} />
              <div className="grid grid-cols-1 items-start gap-x-6 lg:grid-cols-2">
                <Panel id="who" title={booking.who}>
                  <div className="grid grid-cols-1 gap-5">
                    <WhoComes mobile={query['mobile'] ?? ''} errors={errors} />
                  </div>
                </Panel>
                <Panel id="when" title={booking.when}>
                  <div className="grid grid-cols-1 gap-5">
                    {props.places.length > 1 ? (
                      <Select
                        name="where"
                        label={booking.where}
                        value={chosen.value}
                        options={props.places.map((one) => ({
                          value: one.value,
                          text: deskPlaceText(language, one),
                        }))}
                        onChange={setWhere}
                      />
                    ) : (
                      <p className="font-semibold">{deskPlaceText(language, chosen)}</p>
                    )}
                    {types.length > 1 ? (
                      <Select
                        key={chosen.value}
                        name="visitType"
                        label={booking.visit}
                        value={String(visitType.id)}
                        options={types.map((one) => ({
                          value: String(one.id),
                          text: `${fees.kinds[one.kind]} · ${formatMoney(language, one.fee)}`,
                        }))}
                        onChange={setKind}
                      />
                    ) : (
                      <p>
                        {fees.kinds[visitType.kind]} · {formatMoney(language, visitType.fee)}
                      </p>
                    )}
                    <PlaceChoice
                      key={`${chosen.value} ${channel} ${visitType.id}`}
                      asked={{
                        doctorId: doctor.id,
                        chamberId: chamber.id,
                        visitTypeId: visitType.id,
                        channel,
                      }}
                      // Whoever stands there wants to be seen now.
                      begin={{ date: today(), exactly: channel === 'walk_in' }}
                      reason={insists}
                      errors={errors}
                    />
                    <details>
                      <summary className="link inline-flex min-h-9 items-center">{booking.addNotes}</summary>
                      <div className="mt-2">
                        <TextField
                          name="notes"
                          label={booking.notes}
                          optional={kit.optional}
                          error={errors['notes']}
                          autoComplete="off"
                          draft="never"
                        />
                      </div>
                    </details>
                  </div>
                </Panel>
              </div>
              <FormActions>
                <Button busy={add.busy || book.busy} pending={booking.pending}>
                  {insists ? booking.all : booking.book}
                </Button>
              </FormActions>
            </>
          )}
        </Form>
      </div>
    </div>
  );
}
