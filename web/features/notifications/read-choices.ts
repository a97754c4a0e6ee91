import type { MessageChannel } from '../../../src/contract/messages.ts';
import type { NotificationSettings, putNotificationSettings } from '../../../src/contract/notifications.ts';
import type { RouteInput } from '../../../src/contract/route.ts';
import { textIn } from '../../lib/form-values.ts';

type Choice = NotificationSettings['choices'][number];
type Change = RouteInput<typeof putNotificationSettings>['body'];

/** The ways in the order of a table's columns. */
export const channels = ['in_app', 'sms', 'email'] as const satisfies readonly MessageChannel[];

/** What stands in the fields while there are no quiet hours. */
export const usualQuiet = { from: '22:00', until: '07:00' };

export const choiceName = ({ kind, channel }: Pick<Choice, 'kind' | 'channel'>): string =>
  `${kind}.${channel}`;

/** What a form of `ChoiceFields` says; `settings` are those it was made of. */
export const readChoices = (
  form: FormData,
  settings: NotificationSettings,
): Change & NotificationSettings => ({
  quietHours: form.has('quiet') ? { from: textIn(form, 'from'), until: textIn(form, 'until') } : null,
  choices: settings.choices.map((each) => ({ ...each, wanted: form.has(choiceName(each)) })),
});
