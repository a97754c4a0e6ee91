import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { listTemplates, type Template } from '../../../src/contract/messages.ts';
import { TemplateEditor } from '../../features/sent/template-editor.tsx';
import { NotFound } from '../../features/staff/dead-ends.tsx';
import { Loaded } from '../../features/staff/loaded.tsx';
import { Page } from '../../features/staff/page.tsx';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Skeleton } from '../../ui/states.tsx';

/** One template: what it says, and how a reader sees it. */
export function SentTemplate() {
  const { words } = useStaff();
  const { sent, told } = words;
  const { templates } = sent;
  const which = useParams({ from: '/sent/templates/$kind/$channel/$language' });
  const [back, setBack] = useState<{ template: Template; at: number; edition: number } | null>(null);
  const read = useRead(listTemplates, {
    query: which.language === 'en' ? { language: 'en' } : { language: 'bn' },
  });
  const fits = ({ kind, channel, language }: Template): boolean =>
    kind === which.kind && channel === which.channel && language === which.language;
  // Taken back, its fields show another text: that of the answer, since on a bad line the list comes later.
  const template =
    back && fits(back.template) && read.dataUpdatedAt <= back.at
      ? back.template
      : read.data?.items.find(fits);
  if (read.data && !template) return <NotFound />;
  const title = template
    ? templates.editor(told.kinds[template.kind], told.channels[template.channel])
    : templates.title;
  return (
    <Page
      title={title}
      lead={template ? templates.editorLead(sent.languages[template.language]) : undefined}
      actions={
        <Link
          to="/sent/templates"
          search={{ language: which.language }}
          className="link inline-flex min-h-12 items-center"
        >
          {templates.back}
        </Link>
      }
    >
      <Loaded read={read} skeleton={<Skeleton rows={3} rowHeight="panel" />}>
        {() =>
          template ? (
            <TemplateEditor
              key={`${which.kind} ${which.channel} ${which.language} ${back?.edition ?? 0}`}
              template={template}
              onReset={(builtIn) =>
                setBack((last) => ({ template: builtIn, at: Date.now(), edition: (last?.edition ?? 0) + 1 }))
              }
            />
          ) : null
        }
      </Loaded>
    </Page>
  );
}
