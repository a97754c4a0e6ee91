import { Link } from '@tanstack/react-router';
import { listTemplates, type MessageKind, type Template } from '../../../src/contract/messages.ts';
import { channels } from '../../features/notifications/read-choices.ts';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useScreenQuery } from '../../features/staff/screen-query.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Skeleton } from '../../ui/states.tsx';
import { TabChoice } from '../../ui/tab-choice.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';

/** Every template of a language by kind and way, and which of them were changed here. */
export function SentTemplates() {
  const { words, language } = useStaff();
  const { sent, told } = words;
  const { templates } = sent;
  const { query, change } = useScreenQuery();
  const shown = query['language'] === 'en' || query['language'] === 'bn' ? query['language'] : language;
  const read = useRead(listTemplates, { query: { language: shown } });
  return (
    <Page title={templates.title} lead={templates.lead}>
      <div className="mb-6">
        <TabChoice
          name="language"
          legend={templates.language}
          value={shown}
          options={(['bn', 'en'] as const).map((value) => ({ value, text: sent.languages[value] }))}
          onChange={(value) => change({ language: value })}
        />
      </div>
      <Loaded read={read} skeleton={<Skeleton rows={17} />}>
        {({ items }) => (
          <DataTable
            caption={templates.title}
            rows={byKind(items)}
            keyOf={({ kind }) => kind}
            columns={[
              { name: 'kind', head: templates.kind, render: ({ kind }) => told.kinds[kind] },
              ...channels.map((channel) => ({
                name: channel,
                head: told.channels[channel],
                render: ({ of }: OfKind) => {
                  const template = of.find((each) => each.channel === channel);
                  return template ? (
                    <TemplateLink template={template} />
                  ) : (
                    <span className="text-quiet">{templates.none}</span>
                  );
                },
              })),
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}

function TemplateLink({ template }: { template: Template }) {
  const { words } = useStaff();
  const { templates } = words.sent;
  const { kind, channel, language, changed } = template;
  return (
    <span className="flex flex-wrap items-center gap-2 max-md:justify-end">
      <Link
        to="/sent/templates/$kind/$channel/$language"
        params={{ kind, channel, language }}
        aria-label={templates.edit(words.told.kinds[kind], words.told.channels[channel])}
        className="link inline-flex min-h-9 items-center"
      >
        {templates.change}
      </Link>
      {changed ? <Tag tone="info">{templates.changed}</Tag> : null}
    </span>
  );
}

type OfKind = { kind: MessageKind; of: Template[] };

const byKind = (items: readonly Template[]): OfKind[] =>
  [...new Set(items.map(({ kind }) => kind))].map((kind) => ({
    kind,
    of: items.filter((each) => each.kind === kind),
  }));
