import { useRef, useState } from 'react';
import { endTemplate, listTemplates, putTemplate, type Template } from '../../../src/contract/messages.ts';
import { textIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { fieldId, TextArea, TextField } from '../../ui/field.tsx';
import { useToast } from '../../ui/toast.tsx';
import { explain } from '../staff/explain.ts';
import { Form, FormActions } from '../staff/form.tsx';
import { useMoment } from '../staff/moment.ts';
import { TemplatePreview } from './template-preview.tsx';

type Wording = { title: string | null; text: string };

/** A wording with what may be put into it, and beside it the same with real data, as it is typed. */
export function TemplateEditor(props: {
  template: Template;
  /** With the wording that holds again. */
  onReset: (builtIn: Template) => void;
}) {
  const { template, onReset } = props;
  const { words } = useStaff();
  const moment = useMoment();
  const { templates } = words.sent;
  const { kind, channel, changed } = template;
  const params = { kind, channel, language: template.language };
  const [typed, setTyped] = useState<Wording>({ title: template.title, text: template.text });
  const toast = useToast();
  const write = useWrite(putTemplate, { changes: [listTemplates] });
  return (
    <div className="grid grid-cols-1 items-start gap-x-10 gap-y-8 lg:grid-cols-2">
      <div className="min-w-0">
        <p className="mb-4 text-quiet">
          {changed === null
            ? templates.builtIn
            : changed.by === null
              ? templates.changedAt(moment(changed.at))
              : templates.changedBy(moment(changed.at), changed.by)}
        </p>
        <Form
          error={write.error}
          fieldTexts={templates.errors}
          onSubmit={async (form) => {
            const body = {
              title: channel === 'sms' ? null : textIn(form, 'title'),
              text: textIn(form, 'text'),
            };
            if (await write.send({ params, body })) toast({ text: templates.saved });
          }}
        >
          {(errors) => (
            <>
              {channel === 'sms' ? null : (
                <TextField
                  name="title"
                  label={channel === 'email' ? templates.subject : templates.noteTitle}
                  value={template.title ?? ''}
                  error={errors['title']}
                  onChange={(title) => setTyped((last) => ({ ...last, title }))}
                />
              )}
              <TextArea
                name="text"
                label={templates.text}
                value={template.text}
                rows={channel === 'email' ? 14 : 5}
                maxLength={4000}
                error={errors['text']}
                onChange={(text) => setTyped((last) => ({ ...last, text }))}
              />
              <Placeholders names={template.placeholders} />
              <FormActions>
                <Button busy={write.busy} pending={templates.saving}>
                  {templates.save}
                </Button>
                {changed ? <Reset template={template} onReset={onReset} /> : null}
              </FormActions>
            </>
          )}
        </Form>
      </div>
      <TemplatePreview which={params} wording={typed} />
    </div>
  );
}

/** Buttons that put a name in braces into the text or the title, whichever was written in last. */
function Placeholders({ names }: { names: readonly string[] }) {
  const { templates } = useStaff().words.sent;
  const box = useRef<HTMLFieldSetElement>(null);
  const said: Readonly<Record<string, string>> = templates.names;
  const insert = (name: string): void => {
    const form = box.current?.form;
    const field = form?.querySelector<HTMLTextAreaElement>(`#${fieldId('text')}`);
    if (!field) return;
    field.focus();
    field.setRangeText(`{${name}}`, field.selectionStart, field.selectionEnd, 'end');
    // React hears what a person typed, and this the same way.
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return (
    <fieldset ref={box}>
      <legend className="mb-1 font-semibold">{templates.placeholders}</legend>
      <p className="mb-2 text-note text-quiet">{templates.placeholdersHint}</p>
      <ul className="flex flex-wrap gap-2">
        {names.map((name) => (
          <li key={name}>
            <Button
              type="button"
              look="secondary"
              size="dense"
              label={templates.insert(said[name] ?? name)}
              onClick={() => insert(name)}
            >
              {said[name] ?? name}
            </Button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}

function Reset({ template, onReset }: Parameters<typeof TemplateEditor>[0]) {
  const { words } = useStaff();
  const { templates } = words.sent;
  const { kind, channel, language } = template;
  const [asking, setAsking] = useState(false);
  const toast = useToast();
  const end = useWrite(endTemplate, { changes: [listTemplates] });
  const reset = async (): Promise<void> => {
    const done = await end.send({ params: { kind, channel, language } });
    if (!done) return;
    setAsking(false);
    toast({ text: templates.resetDone });
    onReset(done.template);
  };
  return (
    <>
      <Button type="button" look="secondary" onClick={() => setAsking(true)}>
        {templates.reset}
      </Button>
      <Confirm
        open={asking}
        title={templates.resetTitle}
        confirm={templates.reset}
        pending={templates.saving}
        danger
        busy={end.busy}
        error={end.error ? explain(words, end.error).text : undefined}
        onConfirm={() => void reset()}
        onClose={() => setAsking(false)}
      >
        {templates.resetText}
      </Confirm>
    </>
  );
}
