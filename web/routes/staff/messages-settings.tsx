import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import {
  getNotificationSettings,
  type NotificationSettings,
  putNotificationSettings,
} from '../../../src/contract/notifications.ts';
import { ChoiceFields } from '../../features/notifications/choice-fields.tsx';
import { readChoices } from '../../features/notifications/read-choices.ts';
import { Form, FormActions } from '../../features/staff/form.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { useToast } from '../../ui/toast.tsx';

/** What whoever is signed in wants to be told, by which ways, and when not. */
export function MessagesSettings() {
  const { told } = useStaff().words;
  // Read anew it would not change what somebody is ticking.
  const read = useRead(getNotificationSettings, {});
  return (
    <Page title={told.choices.title} lead={told.choices.lead}>
      <p className="mb-4">
        <Link to="/messages" className="link inline-flex min-h-12 items-center">
          {told.back}
        </Link>
      </p>
      <Loaded read={read} skeleton={<Skeleton rows={13} />}>
        {(settings) => <SettingsForm settings={settings} />}
      </Loaded>
    </Page>
  );
}

function SettingsForm({ settings }: { settings: NotificationSettings }) {
  const { words, language } = useStaff();
  const { told } = words;
  const { choices } = told;
  const toast = useToast();
  const [ownErrors, setOwnErrors] = useState<FieldErrors>({});
  const write = useWrite(putNotificationSettings, { changes: [getNotificationSettings] });
  return (
    <Form
      error={write.error}
      ownErrors={ownErrors}
      onSubmit={async (form) => {
        const body = readChoices(form, settings);
        const same = body.quietHours !== null && body.quietHours.from === body.quietHours.until;
        setOwnErrors(same ? { until: choices.same } : {});
        if (!same && (await write.send({ body }))) toast({ text: choices.saved });
      }}
    >
      {(errors) => (
        <>
          <ChoiceFields settings={settings} language={language} words={told} errors={errors} />
          <FormActions>
            <Button busy={write.busy} pending={choices.saving}>
              {choices.save}
            </Button>
          </FormActions>
        </>
      )}
    </Form>
  );
}
