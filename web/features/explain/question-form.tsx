import { useState } from 'react';
import type { Arrangement } from '../../../src/contract/schedules.ts';
import { isDate } from '../../lib/dates.ts';
import { oneOf, textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { DateField, TimeField } from '../../ui/parsed-field.tsx';
import { chamberName } from '../chambers/chamber-words.ts';
import { Form, FormActions } from '../staff/form.tsx';
import { inOrder } from '../visit-types/visit-kinds.ts';
import { type Asked, channels } from './question.ts';

/** Which time, for which visit, taken in which way. Asking writes it into the address. */
export function QuestionForm(props: {
  arrangement: Arrangement;
  asked: Asked;
  onAsk: (question: Record<string, string>) => void;
}) {
  const { words, language, today } = useStaff();
  const { why, fees } = words;
  const { asked } = props;
  const [wrong, setWrong] = useState<FieldErrors>({});
  const { key, asking } = useFormKey(asked);
  const submit = (form: FormData): void => {
    const found = mistakesIn(form, why.errors);
    setWrong(found);
    if (Object.keys(found).length > 0) return;
    const question = {
      date: textIn(form, 'date'),
      time: textIn(form, 'time'),
      visitType: textIn(form, 'visitType'),
      channel: oneOf(form, 'channel', channels),
    };
    asking(question);
    props.onAsk(question);
  };
  return (
    <Form key={key} error={null} ownErrors={wrong} onSubmit={submit}>
      {(errors) => (
        <>
          <div className="grid grid-cols-1 gap-x-5 gap-y-3 sm:grid-cols-2">
            <DateField name="date" label={why.date} value={asked.date ?? today()} error={errors['date']} />
            <TimeField name="time" label={why.time} value={asked.time ?? undefined} error={errors['time']} />
            <div className="sm:col-span-2">
              <Select
                name="visitType"
                label={why.visitType}
                value={String(asked.visitType?.type.id ?? '')}
                options={props.arrangement.chambers.flatMap((chamber) =>
                  inOrder(chamber.visitTypes).map((type) => ({
                    value: String(type.id),
                    text: `${fees.kinds[type.kind]}, ${chamberName(language, chamber)}`,
                  })),
                )}
              />
            </div>
            <Select
              name="channel"
              label={why.channel}
              value={asked.channel}
              options={channels.map((channel) => ({ value: channel, text: why.channels[channel] }))}
            />
          </div>
          <FormActions>
            <Button>{why.ask}</Button>
          </FormActions>
        </>
      )}
    </Form>
  );
}

function mistakesIn(form: FormData, texts: { date: string; time: string }): FieldErrors {
  const date = textIn(form, 'date');
  return {
    ...(isDate(date) && /^(19|20|21)/.test(date) ? {} : { date: texts.date }),
    ...(/^\d\d:\d\d$/.test(textIn(form, 'time')) ? {} : { time: texts.time }),
  };
}

/**
 * The fields keep what was typed, so the form begins anew when the address changes by other means: a link, or back and
 * forward. After its own asking it stays, and with it the focus.
 */
function useFormKey({ date, time, visitType, channel }: Asked) {
  const now = [date, time, visitType?.type.id, channel].join(' ');
  const [held, setHeld] = useState({ now, own: now, key: 0 });
  if (held.now !== now) setHeld({ ...held, now, key: held.own === now ? held.key : held.key + 1 });
  return {
    key: held.key,
    asking: (question: { date: string; time: string; visitType: string; channel: string }): void => {
      const own = [question.date, question.time, question.visitType, question.channel].join(' ');
      setHeld((before) => ({ ...before, own }));
    },
  };
}
