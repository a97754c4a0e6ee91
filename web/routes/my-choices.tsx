import {
  getNotificationSettings,
  type NotificationSettings,
  putNotificationSettings,
} from '../../src/contract/notifications.ts';
import { ChoiceFields } from '../features/notifications/choice-fields.tsx';
import { countUnread } from '../features/notifications/count-unread.ts';
import { readChoices } from '../features/notifications/read-choices.ts';
import { answerPage } from '../features/site/document.tsx';
import type { PageRoute } from '../lib/route-table.ts';
import type { Session } from '../lib/session.ts';
import { callAs, link, seeOther, type Visit, withQuery } from '../lib/visit.ts';
import { Button } from '../ui/button.tsx';
import { Column, PageHeading } from '../ui/layout.tsx';
import { ErrorSummary, type FieldErrors, Notice } from '../ui/notices.tsx';

/** What the signed-in visitor wants to be told, by which ways, and when not. */
export const myChoices: PageRoute = {
  path: '/me/messages/settings',
  get: async (visit) => {
    const { session } = visit;
    if (!session) return signInFirst(visit);
    return showChoices(visit, session, { settings: await readSettings(visit, session), errors: {} });
  },
  post: async (visit, _, form) => {
    const { m, session } = visit;
    if (!session) return signInFirst(visit);
    const body = readChoices(form, await readSettings(visit, session));
    if (body.quietHours && body.quietHours.from === body.quietHours.until)
      return showChoices(visit, session, { settings: body, errors: { until: m.told.choices.same } });
    await callAs(visit, session)(putNotificationSettings, { body });
    return seeOther(visit, withQuery(link(visit, '/me/messages/settings'), { saved: 'yes' }));
  },
};

const readSettings = (visit: Visit, session: Session): Promise<NotificationSettings> =>
  callAs(visit, session)(getNotificationSettings, {});

const signInFirst = (visit: Visit): Response =>
  seeOther(visit, withQuery(link(visit, '/sign-in'), { next: link(visit, '/me/messages/settings') }));

async function showChoices(
  visit: Visit,
  session: Session,
  shown: { settings: NotificationSettings; errors: FieldErrors },
): Promise<Response> {
  const { m, language } = visit;
  const { choices } = m.told;
  const { settings, errors } = shown;
  const failed = Object.keys(errors).length > 0;
  const unread = await countUnread(visit, session);
  return answerPage(
    visit,
    { title: choices.title, status: failed ? 422 : 200, failed, unread },
    <Column>
      <ErrorSummary heading={m.site.problemHeading} errors={errors} />
      <PageHeading lead={choices.lead}>{choices.title}</PageHeading>
      <p className="mb-4 flex flex-wrap gap-x-6">
        <a href={link(visit, '/me/messages')} className="link inline-flex min-h-12 items-center">
          {m.told.back}
        </a>
        <a href={link(visit, '/me/contacts')} className="link inline-flex min-h-12 items-center">
          {m.contacts.link}
        </a>
      </p>
      {visit.query.has('saved') ? (
        <output className="mb-6 block">
          <Notice tone="done">{choices.saved}</Notice>
        </output>
      ) : null}
      <form
        method="post"
        action={link(visit, '/me/messages/settings')}
        noValidate
        className="grid grid-cols-1 gap-6"
      >
        <ChoiceFields settings={settings} language={language} words={m.told} errors={errors} />
        <div>
          <Button pending={choices.saving}>{choices.save}</Button>
        </div>
      </form>
    </Column>,
  );
}
