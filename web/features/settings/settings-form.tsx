import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import {
  firstWeekdays,
  getAdminSettings,
  getSettings,
  listSettingsHistory,
  patchSettings,
  settingFields,
  type Settings,
  type VersionedSettings,
} from '../../../src/contract/settings.ts';
import { weekdayName } from '../../lib/dates.ts';
import { numberIn, oneOf, optionalIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { readAnew, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Choices, TextField } from '../../ui/field.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { useToast } from '../../ui/toast.tsx';
import { Form, FormActions } from '../staff/form.tsx';
import { ChangedValues } from './changed-values.tsx';
import { useSettingsWords } from './settings-words.ts';

/** All settings; what changes is shown before it is saved, since everybody sees it at once. */
export function SettingsForm(props: {
  opened: VersionedSettings;
  onSaved: (now: VersionedSettings) => void;
}) {
  const { opened } = props;
  const texts = useSettingsWords();
  const toast = useToast();
  const client = useQueryClient();
  const [asked, setAsked] = useState<Partial<Settings> | null>(null);
  const write = useWrite(patchSettings, { changes: [getAdminSettings, getSettings, listSettingsHistory] });
  const changes = settingFields.flatMap((field) =>
    asked?.[field] === undefined ? [] : [{ field, from: opened[field], to: asked[field] }],
  );
  const look = (form: FormData): void => {
    write.clear();
    const changed = differing(opened, readForm(form));
    if (Object.keys(changed).length === 0) toast({ text: texts.unchanged });
    else setAsked(changed);
  };
  const save = async (): Promise<void> => {
    if (!asked) return;
    const saved = await write.send({ body: { ...asked, expectedVersion: opened.version } });
    // What was wrong is told beside its field.
    setAsked(null);
    if (!saved) {
      // Somebody may have been faster: the screen says so.
      await readAnew(client, [getAdminSettings, listSettingsHistory]);
      return;
    }
    toast({ text: texts.saved });
    props.onSaved(saved.settings);
  };
  return (
    <>
      {/* What was wrong before would take the focus out of the dialog. */}
      <Form error={asked === null ? write.error : null} fieldTexts={texts.errors} onSubmit={look}>
        {(errors) => (
          <>
            <Fields opened={opened} errors={errors} />
            <FormActions>
              <Button>{texts.next}</Button>
            </FormActions>
          </>
        )}
      </Form>
      <Confirm
        open={asked !== null}
        title={texts.confirmTitle}
        confirm={texts.save}
        pending={texts.saving}
        busy={write.busy}
        onConfirm={() => void save()}
        onClose={() => setAsked(null)}
      >
        <ChangedValues changes={changes} />
        <p className="mt-3">{texts.visible}</p>
      </Confirm>
    </>
  );
}

function Fields({ opened, errors }: { opened: Settings; errors: FieldErrors }) {
  const { words, language } = useStaff();
  const { kit } = words;
  const texts = useSettingsWords();
  const field = (name: 'name' | 'nameBn' | 'address' | 'addressBn' | 'phone' | 'email') => ({
    name,
    label: texts.fields[name],
    value: opened[name] ?? '',
    error: errors[name],
    optional: kit.optional,
    spellCheck: false,
  });
  return (
    <>
      <Part title={texts.organisation} hint={texts.organisationHint}>
        <TextField {...field('name')} hint={texts.hints.name} />
        <TextField {...field('nameBn')} hint={texts.hints.nameBn} />
      </Part>
      <Part title={texts.contact} hint={texts.contactHint}>
        <TextField {...field('phone')} type="tel" inputMode="tel" narrow />
        <TextField {...field('email')} type="email" inputMode="email" narrow />
        <TextField {...field('address')} />
        <TextField {...field('addressBn')} hint={texts.hints.addressBn} />
      </Part>
      <Part title={texts.pages}>
        <Choices
          name="firstWeekday"
          legend={texts.fields.firstWeekday}
          value={String(opened.firstWeekday)}
          options={firstWeekdays.map((weekday) => ({
            value: String(weekday),
            text: weekdayName(language, weekday),
          }))}
        />
        <Choices
          name="language"
          legend={texts.fields.language}
          value={opened.language}
          options={languages.map((value) => ({ value, text: texts.languages[value] }))}
        />
      </Part>
    </>
  );
}

const languages = ['bn', 'en'] as const;

function Part(props: { title: string; hint?: string; children: ReactNode }) {
  return (
    <fieldset className="border-t-2 border-t-green pt-3">
      <legend className="float-left mb-1 w-full text-lead font-semibold">{props.title}</legend>
      <div className="clear-both grid grid-cols-1 gap-4">
        {props.hint ? <p className="text-note text-quiet">{props.hint}</p> : null}
        {props.children}
      </div>
    </fieldset>
  );
}

function readForm(form: FormData): Settings {
  const line = (name: string): string | null => optionalIn(form, name) ?? null;
  return {
    name: line('name'),
    nameBn: line('nameBn'),
    phone: line('phone'),
    email: line('email')?.toLowerCase() ?? null,
    address: line('address'),
    addressBn: line('addressBn'),
    firstWeekday: firstWeekdays.find((each) => each === numberIn(form, 'firstWeekday')) ?? 6,
    language: oneOf(form, 'language', languages),
  };
}

const differing = (before: Settings, after: Settings): Partial<Settings> =>
  Object.fromEntries(
    settingFields.filter((field) => before[field] !== after[field]).map((field) => [field, after[field]]),
  );
