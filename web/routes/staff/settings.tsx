import { useState } from 'react';
import { getAdminSettings, type VersionedSettings } from '../../../src/contract/settings.ts';
import { History } from '../../features/settings/history.tsx';
import { SettingsForm } from '../../features/settings/settings-form.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useSettingsWords } from '../../features/settings/settings-words.ts';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notices.tsx';
import { Skeleton } from '../../ui/states.tsx';

/** What holds for the whole organisation, and what became of it. */
export function SettingsScreen() {
  const texts = useSettingsWords();
  const read = useRead(getAdminSettings, {});
  return (
    <Page title={texts.title} lead={texts.lead}>
      <Loaded read={read} skeleton={<Skeleton rows={4} rowHeight="panel" />}>
        {({ settings }) => <Opened newest={settings} />}
      </Loaded>
    </Page>
  );
}

/** What is being typed stays, whatever others do meanwhile: they are told of, and shown on demand. */
function Opened({ newest }: { newest: VersionedSettings }) {
  const texts = useSettingsWords();
  const [opened, setOpened] = useState(newest);
  return (
    <>
      {newest.version > opened.version ? (
        <div className="mb-6 max-w-160">
          <Notice tone="waiting">
            <p className="mb-2">{texts.stale}</p>
            <Button type="button" look="secondary" size="dense" onClick={() => setOpened(newest)}>
              {texts.showNewest}
            </Button>
          </Notice>
        </div>
      ) : null}
      <SettingsForm key={opened.version} opened={opened} onSaved={setOpened} />
      <section aria-labelledby="settings-history" className="mt-12">
        <h2 id="settings-history" className="mb-3 text-lead">
          {texts.history.title}
        </h2>
        <History newest={newest} onTakenBack={setOpened} />
      </section>
    </>
  );
}
