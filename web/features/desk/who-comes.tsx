import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { type DeskPatient, findPatients } from '../../../src/contract/desk-patients.ts';
import { asciiDigits } from '../../../src/contract/fields.ts';
import type { RouteInput } from '../../../src/contract/route.ts';
import type { addDeskPatient } from '../../../src/contract/desk-patients.ts';
import { textIn } from '../../lib/form-values.ts';
import { readMobile } from '../../lib/read-typed.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Choices, fieldId, Select, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { Loaded } from '../staff/loaded.tsx';
import { bodyFacts } from './desk-words.ts';

/** Who the visit is for: by a mobile number one of the people who share it, or somebody new by name. */
export function WhoComes(props: { mobile: string; errors: FieldErrors }) {
  const { words } = useStaff();
  const { booking } = words.desk;
  const { errors } = props;
  const [typed, setTyped] = useState(props.mobile);
  // Every look is recorded, so nobody is looked up before the number is whole.
  const mobile = readMobile(typed);
  const [entered, setEntered] = useState(0);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // Where it would open a keyboard over the page, it is left to be pressed.
    const atTop = document.activeElement === document.body || document.activeElement?.tagName === 'H1';
    if (atTop && window.matchMedia('(pointer: fine)').matches) box.current?.querySelector('input')?.focus();
  }, []);
  // Enter at the end of the number would book for whoever happens to be the first of a family.
  const goOn = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    setEntered(entered + 1);
  };
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- of the field in it */}
      <div ref={box} onKeyDown={goOn}>
        <TextField
          name="mobile"
          label={booking.mobile}
          hint={booking.mobileHint}
          error={errors['mobile']}
          type="tel"
          inputMode="tel"
          autoComplete="off"
          draft="never"
          narrow
          value={props.mobile}
          onChange={setTyped}
        />
      </div>
      {mobile ? (
        <People key={mobile} mobile={mobile} entered={entered} errors={errors} />
      ) : (
        <NewPerson entered={entered} errors={errors} />
      )}
    </>
  );
}

function People(props: { mobile: string; entered: number; errors: FieldErrors }) {
  const speaker = useStaff();
  const { booking } = speaker.words.desk;
  const { entered, errors } = props;
  const read = useRead(findPatients, { query: { mobile: props.mobile } }, { staleMs: 60_000 });
  const [chosen, setChosen] = useState<string | null>(null);
  return (
    <Loaded read={read}>
      {({ items }) => {
        const who = chosen ?? String(items[0]?.id ?? someoneNew);
        const isNew = !items.some(({ id }) => String(id) === who);
        if (items.length === 0)
          return (
            <>
              <output className="text-quiet">{booking.nobody}</output>
              <NewPerson entered={entered} errors={errors} />
            </>
          );
        return (
          <>
            <Arrive entered={entered} at="input[name='patient']:checked">
              <Choices
                name="patient"
                legend={booking.people}
                value={who}
                options={[
                  ...items.map((one) => ({ value: String(one.id), text: nameOf(speaker, one) })),
                  { value: someoneNew, text: booking.someoneNew },
                ]}
                onChange={setChosen}
              />
            </Arrive>
            {isNew ? <NewPerson entered={0} errors={errors} /> : null}
          </>
        );
      }}
    </Loaded>
  );
}

const someoneNew = 'new';

const nameOf = (speaker: Parameters<typeof bodyFacts>[0], one: DeskPatient): string =>
  [one.fullName, bodyFacts(speaker, one)].filter(Boolean).join(' · ');

/** Takes the focus to a field when Enter was pressed at the number, also when it has just come. */
function Arrive(props: { entered: number; at: string; children: React.ReactNode }) {
  const box = useRef<HTMLDivElement>(null);
  const { entered, at } = props;
  useEffect(() => {
    if (entered > 0) box.current?.querySelector<HTMLElement>(at)?.focus();
  }, [entered, at]);
  return <div ref={box}>{props.children}</div>;
}

const genders = ['female', 'male', 'other'] as const;

function NewPerson({ entered, errors }: { entered: number; errors: FieldErrors }) {
  const { words } = useStaff();
  const { desk, kit } = words;
  const { booking } = desk;
  return (
    <>
      <Arrive entered={entered} at={`#${fieldId('fullName')}`}>
        <TextField
          name="fullName"
          label={booking.fullName}
          error={errors['fullName']}
          spellCheck={false}
          autoComplete="off"
          draft="never"
          narrow
        />
      </Arrive>
      <details>
        <summary className="link inline-flex min-h-9 items-center">{booking.more}</summary>
        <div className="mt-2 grid grid-cols-1 gap-5 sm:grid-cols-2">
          <TextField
            name="birthYear"
            label={booking.birthYear}
            hint={booking.birthYearHint}
            optional={kit.optional}
            error={errors['birthYear']}
            inputMode="numeric"
            autoComplete="off"
            draft="never"
          />
          <Select
            name="gender"
            label={booking.gender}
            optional={kit.optional}
            options={[
              { value: '', text: booking.noGender },
              ...genders.map((gender) => ({ value: gender, text: desk.genders[gender] })),
            ]}
          />
        </div>
      </details>
    </>
  );
}

type NewOne = RouteInput<typeof addDeskPatient>['body'];

/** Who a form with `WhoComes` is for, or what is missing. */
export function readWho(
  form: FormData,
): { id: number } | { person: NewOne } | { field: 'mobile' | 'fullName' } {
  const chosen = textIn(form, 'patient');
  if (chosen !== '' && chosen !== someoneNew) return { id: Number(chosen) };
  const typed = textIn(form, 'mobile');
  const mobile = readMobile(typed);
  if (typed !== '' && mobile === null) return { field: 'mobile' };
  const fullName = textIn(form, 'fullName');
  if (fullName === '') return { field: 'fullName' };
  const year = asciiDigits(textIn(form, 'birthYear'));
  const gender = genders.find((one) => one === textIn(form, 'gender'));
  return {
    person: {
      fullName,
      ...(mobile === null ? {} : { mobile }),
      ...(year === '' ? {} : { birthYear: Number(year) }),
      ...(gender ? { gender } : {}),
    },
  };
}
