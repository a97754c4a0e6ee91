import { settingFields, type Settings, type SettingsChange } from '../../contract/settings.ts';

/** What is different, in the order in which settings are shown. */
export const changesBetween = (before: Settings, after: Settings): SettingsChange['changes'] =>
  settingFields
    .filter((field) => before[field] !== after[field])
    .map((field) => ({ field, from: before[field], to: after[field] }));

/** The values that the fields of a change had before it. */
export const valuesBefore = (before: Settings, after: Settings): Partial<Settings> =>
  Object.fromEntries(
    settingFields.filter((field) => before[field] !== after[field]).map((field) => [field, before[field]]),
  );
