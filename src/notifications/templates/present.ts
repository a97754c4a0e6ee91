import { placeholdersOf, type Template as TemplateBody } from '../../contract/messages.ts';
import { usualWording, type Template } from '../wording/policy.ts';
import type { ChangedWording } from '../wording/queries.ts';

/** The wording in use of a template; `changed` are those that were set here. */
export function presentTemplate(which: Template, changed: readonly ChangedWording[]): TemplateBody {
  const own = changed.find(
    ({ kind, channel, language }) =>
      kind === which.kind && channel === which.channel && language === which.language,
  );
  const { title, text } = own ?? usualWording(which);
  return {
    ...which,
    title,
    text,
    placeholders: [...placeholdersOf(which.kind)],
    changed: own ? { at: own.at.toString(), by: own.by } : null,
  };
}
