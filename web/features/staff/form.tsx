import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { fieldId } from '../../ui/field.tsx';
import { useKit } from '../../ui/kit.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { explain, explainFields } from './explain.ts';

/**
 * A form that the server judges. `onSubmit` gets what was filled in and sends it with a `useWrite`, whose `error` comes back
 * here: said on top, with the focus, and beside each field through what `children` are given.
 */
export function Form(props: {
  /** Of the `useWrite` that sends the form. */
  error: unknown;
  /** What is wrong with a field, by the path of the request's body. */
  fieldTexts?: Readonly<Record<string, string>>;
  /** Found by the screen itself before anything is sent, by the field's name. */
  ownErrors?: FieldErrors;
  /** Its parts stand beside each other where there is room. */
  wide?: boolean;
  onSubmit: (form: FormData) => void | Promise<void>;
  children: (errors: FieldErrors) => ReactNode;
}) {
  const { words, language } = useStaff();
  const [sent, setSent] = useState(0);
  const ownErrors = props.ownErrors ?? {};
  const found = explainFields(words, props.error, { language, texts: props.fieldTexts ?? {} });
  const errors = { ...found, ...ownErrors };
  const failed = Boolean(props.error) || Object.keys(ownErrors).length > 0;
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    // A dialog's form stands in its screen's tree though not in its page.
    event.stopPropagation();
    setSent(sent + 1);
    void props.onSubmit(new FormData(event.currentTarget));
  };
  return (
    <form noValidate onSubmit={submit} className={`grid grid-cols-1 gap-5 ${props.wide ? '' : 'max-w-160'}`}>
      {failed ? (
        <FormProblem
          // A problem that comes again is told again.
          key={`${sent} ${String(props.error)}`}
          text={props.error ? explain(words, props.error) : null}
          errors={errors}
        />
      ) : null}
      {props.children(errors)}
    </form>
  );
}

/** The buttons at the end of a form. */
export function FormActions({ children }: { children: ReactNode }) {
  return <div className="flex flex-wrap gap-3">{children}</div>;
}

/** The end of a form in a dialog: it is sent, or left. */
export function SendOrLeave(props: {
  text: string;
  look?: 'primary' | 'danger';
  busy: boolean;
  pending: string;
  onLeave: () => void;
}) {
  const { kit } = useStaff().words;
  return (
    <FormActions>
      <Button look={props.look ?? 'primary'} busy={props.busy} pending={props.pending}>
        {props.text}
      </Button>
      <Button type="button" look="secondary" onClick={props.onLeave}>
        {kit.cancel}
      </Button>
    </FormActions>
  );
}

function FormProblem(props: { text: { text: string; note?: string } | null; errors: FieldErrors }) {
  const { texts } = useKit();
  const box = useRef<HTMLDivElement>(null);
  const fields = Object.entries(props.errors);
  useEffect(() => {
    box.current?.focus();
    box.current?.scrollIntoView({ block: 'nearest' });
    const { title } = document;
    document.title = texts.errorTitle(title);
    return () => {
      document.title = title;
    };
  }, [texts]);
  return (
    <div ref={box} role="alert" tabIndex={-1} className="max-w-160 border-4 border-error bg-white p-4">
      <h2 className="mb-1 text-lead">{texts.problemHeading}</h2>
      {fields.length === 0 && props.text ? <p>{props.text.text}</p> : null}
      {props.text?.note ? <p className="text-note break-all text-quiet">{props.text.note}</p> : null}
      <ul>
        {fields.map(([name, text]) => (
          <li key={name}>
            <a
              href={`#${fieldId(name)}`}
              onClick={(event) => {
                // The router would take the fragment for another address.
                event.preventDefault();
                document.getElementById(fieldId(name))?.focus();
              }}
              className="font-semibold text-error underline underline-offset-4"
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
