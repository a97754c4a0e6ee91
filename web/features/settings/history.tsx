import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import {
  getAdminSettings,
  getSettings,
  listSettingsHistory,
  type SettingsChange,
  takeBackSettings,
  type VersionedSettings,
} from '../../../src/contract/settings.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { readAnew, useReadPages, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Empty } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';
import { useMoment } from '../staff/moment.ts';
import { explain } from '../staff/explain.ts';
import { LoadedPages } from '../staff/loaded.tsx';
import { ChangedValues } from './changed-values.tsx';
import { useSettingsWords } from './settings-words.ts';

/** Every change of the settings, and the way to take one back. */
export function History(props: { newest: VersionedSettings; onTakenBack: (now: VersionedSettings) => void }) {
  const moment = useMoment();
  const { history } = useSettingsWords();
  const [asked, setAsked] = useState<SettingsChange | null>(null);
  const read = useReadPages(listSettingsHistory, { query: { limit: 20 } });
  return (
    <>
      <LoadedPages read={read} more={history.more}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={history.none} />
          ) : (
            <DataTable
              caption={history.title}
              rows={items}
              keyOf={({ version }) => version}
              columns={[
                {
                  name: 'what',
                  head: history.what,
                  render: ({ changes, takesBack }) => (
                    <>
                      {takesBack === null ? null : (
                        <p className="text-note font-normal text-quiet">{history.tookBack}</p>
                      )}
                      <ChangedValues changes={changes} />
                    </>
                  ),
                },
                { name: 'by', head: history.by, render: ({ by }) => by.fullName },
                { name: 'when', head: history.when, render: ({ at }) => moment(at) },
                {
                  name: 'back',
                  head: history.back,
                  render: (change) =>
                    wouldChange(change, props.newest).length > 0 ? (
                      <Button
                        type="button"
                        look="secondary"
                        size="dense"
                        label={history.takeBackOf(moment(change.at))}
                        onClick={() => setAsked(change)}
                      >
                        {history.takeBack}
                      </Button>
                    ) : (
                      '–'
                    ),
                },
              ]}
            />
          )
        }
      </LoadedPages>
      {asked ? <TakeBack {...props} change={asked} onClose={() => setAsked(null)} /> : null}
    </>
  );
}

function TakeBack(props: {
  newest: VersionedSettings;
  change: SettingsChange;
  onTakenBack: (now: VersionedSettings) => void;
  onClose: () => void;
}) {
  const { words } = useStaff();
  const { history } = useSettingsWords();
  const { newest, change, onClose } = props;
  const toast = useToast();
  const client = useQueryClient();
  const write = useWrite(takeBackSettings, {
    changes: [getAdminSettings, getSettings, listSettingsHistory],
  });
  const takeBack = async (): Promise<void> => {
    const done = await write.send({
      params: { version: change.version },
      body: { expectedVersion: newest.version },
    });
    if (!done) {
      await readAnew(client, [getAdminSettings, listSettingsHistory]);
      return;
    }
    toast({ text: history.done });
    props.onTakenBack(done.settings);
    onClose();
  };
  return (
    <Confirm
      open
      title={history.confirmTitle}
      confirm={history.takeBack}
      pending={history.takingBack}
      busy={write.busy}
      error={write.error ? explain(words, write.error).text : undefined}
      onConfirm={() => void takeBack()}
      onClose={onClose}
    >
      <p>{history.confirmText}</p>
      <ChangedValues changes={wouldChange(change, newest)} />
    </Confirm>
  );
}

/** What taking a change back comes to by now. */
const wouldChange = ({ changes }: SettingsChange, newest: VersionedSettings): SettingsChange['changes'] =>
  changes
    .filter(({ field, from }) => newest[field] !== from)
    .map(({ field, from }) => ({ field, from: newest[field], to: from }));
