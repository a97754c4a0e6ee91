import { Link, useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { listTemplates } from '../../../src/contract/messages.ts';
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
  // Reset, its fields show another text.
  const [edition, setEdition] = useState(0);
  const read = useRead(listTemplates, {
    query: which.language === 'en' ? { language: 'en' } : { language: 'bn' },
  });
  const template = read.data?.items.find(
    ({ kind, channel, language }) =>
      kind === which.kind && channel === which.channel && language === which.language,
  );
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
              key={`${which.kind} ${which.channel} ${which.language} ${edition}`}
              template={template}
              onReset={() => setEdition((last) => last + 1)}
            />
          ) : null
        }
      </Loaded>
    </Page>
  );
}
