import { useState } from 'react';
import { listUsers } from '../../../src/contract/admin.ts';
import type { User } from '../../../src/contract/users.ts';
import { AttachDialog } from '../../features/desk/attach-dialog.tsx';
import { AttachedDesks } from '../../features/desk/attached-desks.tsx';
import { LoadedPages } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { AddUserDialog } from '../../features/users/add-user-dialog.tsx';
import { useUserWords } from '../../features/users/user-words.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useReadPages } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Empty } from '../../ui/states.tsx';

/** Each assistant, and folded below the desks they run, which may be many. A new one goes on to their first desk. */
export function Assistants() {
  const { words } = useStaff();
  const { assistants } = words;
  const { addAssistant } = useUserWords();
  const [adding, setAdding] = useState(false);
  const read = useReadPages(listUsers, { query: { userType: 'assistant', limit: 20 } });
  const [attaching, setAttaching] = useState<{ open: boolean; to: User | null }>({ open: false, to: null });
  return (
    <Page
      title={assistants.title}
      lead={assistants.lead}
      actions={
        <Button type="button" onClick={() => setAdding(true)}>
          {addAssistant}
        </Button>
      }
    >
      <LoadedPages read={read} more={assistants.more}>
        {(found) =>
          found.length === 0 ? (
            <Empty title={assistants.nobody}>{assistants.nobodyAdvice}</Empty>
          ) : (
            found.map((assistant) => (
              <Panel
                key={assistant.id}
                id={`assistant-${assistant.id}`}
                title={assistant.fullName}
                actions={
                  <Button
                    type="button"
                    look="secondary"
                    size="dense"
                    label={assistants.attachTo(assistant.fullName)}
                    onClick={() => setAttaching({ open: true, to: assistant })}
                  >
                    {assistants.attach}
                  </Button>
                }
              >
                <p className="text-note text-quiet">
                  {[assistant.mobile ? formatPhone(assistant.mobile) : null, assistant.email]
                    .filter(Boolean)
                    .join(' · ')}
                </p>
                <Desks assistant={assistant} open={found.length === 1} />
              </Panel>
            ))
          )
        }
      </LoadedPages>
      <AddUserDialog
        title={addAssistant}
        kinds={['assistant']}
        open={adding}
        onClose={() => setAdding(false)}
        onAdded={(user) => {
          setAdding(false);
          setAttaching({ open: true, to: user });
        }}
      />
      {attaching.to ? (
        <AttachDialog
          assistant={attaching.to}
          open={attaching.open}
          onClose={() => setAttaching({ ...attaching, open: false })}
        />
      ) : null}
    </Page>
  );
}

function Desks(props: { assistant: User; open: boolean }) {
  const { assistants } = useStaff().words;
  const [open, setOpen] = useState(props.open);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="link inline-flex min-h-12 items-center">
        {assistants.desksOf(props.assistant.fullName)}
      </summary>
      {open ? <AttachedDesks assistant={props.assistant} /> : null}
    </details>
  );
}
