import type { VersionedSettings } from '../../contract/settings.ts';
import { run, type Queryable, type Statement } from '../../platform/database.ts';

export type SettingsVersion = VersionedSettings & {
  /** Null: the first version, which nobody made. */
  change: { at: Temporal.Instant; by: { id: number; fullName: string }; takesBack: number | null } | null;
};

/** The versions of the settings, newest first; `before` leaves out that one and what came after it. */
export async function findVersions(
  on: Queryable,
  { before, limit }: { before: number | null; limit: number },
): Promise<SettingsVersion[]> {
  const rows = await run<VersionRow>(on, versions, [before, limit]);
  return rows.map(({ changedAt, changedBy, fullName, takesBack, ...values }) => ({
    ...values,
    change:
      changedAt === null || changedBy === null
        ? null
        : { at: changedAt, by: { id: changedBy, fullName: fullName ?? '' }, takesBack },
  }));
}

type VersionRow = VersionedSettings & {
  changedAt: Temporal.Instant | null;
  changedBy: number | null;
  fullName: string | null;
  takesBack: number | null;
};

const versions: Statement = {
  name: 'settings-versions',
  text: `
    select s.version, s.name, s.name_bn as "nameBn", s.phone, s.email, s.address, s.address_bn as "addressBn",
      s.first_weekday as "firstWeekday", s.language, s.changed_at as "changedAt", s.changed_by as "changedBy",
      u.full_name as "fullName", s.takes_back as "takesBack"
    from settings s left join users u on u.id = s.changed_by
    where $1::integer is null or s.version < $1
    order by s.version desc limit $2`,
};
