import { useState } from 'react';
import { addWebhook, endWebhook, listWebhooks, type WebhookEvent } from '../../../src/contract/messages.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { useMoment } from '../../features/staff/moment.ts';
import { explain } from '../../features/staff/explain.ts';
import { Form, SendOrLeave } from '../../features/staff/form.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { allIn, textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead, useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { CheckChoices } from '../../ui/check.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { TextField } from '../../ui/field.tsx';
import { Empty } from '../../ui/states.tsx';
import { DataTable } from '../../ui/table.tsx';
import { useToast } from '../../ui/toast.tsx';

type Webhook = RouteAnswer<typeof listWebhooks>['items'][number];

/** Other programs that are told what happens. */
export function SentWebhooks() {
  const { webhooks } = useStaff().words.sent;
  const read = useRead(listWebhooks, {});
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  return (
    <Page
      title={webhooks.title}
      lead={webhooks.lead}
      actions={
        <Button type="button" onClick={() => setAdding(true)}>
          {webhooks.add}
        </Button>
      }
    >
      <Loaded read={read}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={webhooks.noneTitle}>{webhooks.none}</Empty>
          ) : (
            <Table items={items} />
          )
        }
      </Loaded>
      <Dialog form title={webhooks.add} open={adding} onClose={() => setAdding(false)}>
        <AddForm
          onClose={() => setAdding(false)}
          onAdded={(told) => {
            setAdding(false);
            setSecret(told);
          }}
        />
      </Dialog>
      <Dialog form title={webhooks.secretTitle} open={secret !== null} onClose={() => setSecret(null)}>
        <p className="mb-3">{webhooks.secretText}</p>
        <p className="mb-5 border-l-4 border-green bg-tint px-4 py-3 font-semibold break-all select-all">
          {secret}
        </p>
        <Button type="button" onClick={() => setSecret(null)}>
          {webhooks.kept}
        </Button>
      </Dialog>
    </Page>
  );
}

function Table({ items }: { items: readonly Webhook[] }) {
  const { words } = useStaff();
  const moment = useMoment();
  const { webhooks } = words.sent;
  const { columns } = webhooks;
  const [ending, setEnding] = useState<{ open: boolean; webhook: Webhook | null }>({
    open: false,
    webhook: null,
  });
  const toast = useToast();
  const end = useWrite(endWebhook, { changes: [listWebhooks] });
  const close = (): void => {
    end.clear();
    setEnding((last) => ({ ...last, open: false }));
  };
  const endNow = async (): Promise<void> => {
    const id = ending.webhook?.id;
    if (id === undefined || (await end.send({ params: { id } })) === null) return;
    close();
    toast({ text: webhooks.ended });
  };
  return (
    <>
      <DataTable
        caption={webhooks.title}
        rows={items}
        keyOf={({ id }) => id}
        columns={[
          { name: 'url', head: columns.url, render: ({ url }) => <span className="break-all">{url}</span> },
          {
            name: 'events',
            head: columns.events,
            render: ({ events }) => (
              <ul className="text-note max-md:text-right">
                {events.map((event) => (
                  <li key={event}>{webhooks.eventNames[event]}</li>
                ))}
              </ul>
            ),
          },
          { name: 'since', head: columns.since, render: ({ createdAt }) => moment(createdAt) },
          {
            name: 'end',
            head: columns.end,
            render: (webhook) => (
              <Button
                type="button"
                look="danger"
                size="dense"
                label={webhooks.endOf(webhook.url)}
                onClick={() => setEnding({ open: true, webhook })}
              >
                {webhooks.end}
              </Button>
            ),
          },
        ]}
      />
      <Confirm
        open={ending.open}
        title={webhooks.endTitle}
        confirm={webhooks.end}
        pending={webhooks.ending}
        danger
        busy={end.busy}
        error={end.error ? explain(words, end.error).text : undefined}
        onConfirm={() => void endNow()}
        onClose={close}
      >
        <p className="mb-2 font-semibold break-all">{ending.webhook?.url}</p>
        <p>{webhooks.endText}</p>
      </Confirm>
    </>
  );
}

function AddForm(props: { onClose: () => void; onAdded: (secret: string) => void }) {
  const { webhooks } = useStaff().words.sent;
  const { send, busy, error } = useWrite(addWebhook, { changes: [listWebhooks] });
  return (
    <Form
      error={error}
      fieldTexts={webhooks.errors}
      onSubmit={async (form) => {
        // The server refuses what is no event.
        const events = allIn(form, 'events') as WebhookEvent[];
        const added = await send({ body: { url: textIn(form, 'url'), events } });
        if (added) props.onAdded(added.secret);
      }}
    >
      {(errors) => (
        <>
          <TextField
            name="url"
            type="url"
            label={webhooks.url}
            hint={webhooks.urlHint}
            error={errors['url']}
            autoComplete="off"
            spellCheck={false}
          />
          <CheckChoices
            name="events"
            legend={webhooks.events}
            error={errors['events']}
            values={[]}
            options={Object.entries(webhooks.eventNames).map(([value, text]) => ({ value, text }))}
          />
          <SendOrLeave text={webhooks.save} busy={busy} pending={webhooks.saving} onLeave={props.onClose} />
        </>
      )}
    </Form>
  );
}
