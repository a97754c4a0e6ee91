import type { Settings, VersionedSettings } from '../contract/settings.ts';
import { run, type Queryable, type Statement } from './database.ts';

/** The organisation's settings as they are now. */
export async function readSettings(on: Queryable): Promise<Settings> {
  const { version: _, ...settings } = await readVersionedSettings(on);
  return settings;
}

/** The same with the version that a change has to name. */
export async function readVersionedSettings(on: Queryable): Promise<VersionedSettings> {
  const [newest] = await run<VersionedSettings>(on, newestSettings, []);
  if (!newest) throw new Error('the settings have no first version');
  return newest;
}

const newestSettings: Statement = {
  name: 'newest-settings',
  text: `
    select version, name, name_bn as "nameBn", phone, email, address, address_bn as "addressBn",
      first_weekday as "firstWeekday", language
    from settings order by version desc limit 1`,
};
