import { Link } from '@tanstack/react-router';
import { useStaff, useWords } from '../../lib/staff/context.tsx';
import { inLanguage, type Language } from '../../lib/language.ts';
import type { StaffWords } from '../../lib/messages/staff/en.ts';
import { Button, ButtonLink } from '../../ui/button.tsx';
import { Page } from './page.tsx';

export function NotFound() {
  const { shell } = useWords();
  return (
    <Page title={shell.notFound.title} lead={shell.notFound.text}>
      <Link to="/" className="link inline-flex min-h-12 items-center">
        {shell.notFound.back}
      </Link>
    </Page>
  );
}

/** A screen for another kind of account. */
export function NotYours() {
  const { shell } = useWords();
  return (
    <Page title={shell.notYours.title} lead={shell.notYours.text}>
      <Link to="/" className="link inline-flex min-h-12 items-center">
        {shell.notFound.back}
      </Link>
    </Page>
  );
}

/** A screen that failed, or whose file could not be had: after an update the old ones are gone. */
export function Broken() {
  const { kit, shell } = useWords();
  return (
    <Page title={shell.broken.title} lead={shell.broken.text}>
      <Button type="button" onClick={() => window.location.reload()}>
        {kit.retry}
      </Button>
    </Page>
  );
}

/** All that a patient sees of the staff app. */
export function ForPatients() {
  const { words, language } = useStaff();
  const { patient } = words.shell;
  return (
    <Page title={patient.title} lead={patient.text}>
      <ButtonLink href={inLanguage(language, '/me/appointments')}>{patient.link}</ButtonLink>
    </Page>
  );
}

/** Before anything could be read: what is wrong, and once more. */
export function NotReady(props: {
  words: StaffWords;
  text: string;
  language: Language;
  onRetry: () => void;
}) {
  const { shell, kit } = props.words;
  return (
    <main id="main" className="w-full max-w-160 px-4 pt-10 md:px-6">
      <h1 tabIndex={-1} className="mb-3 text-title">
        {shell.desk}
      </h1>
      <p role="alert" className="mb-6">
        {props.text}
      </p>
      <Button type="button" onClick={props.onRetry}>
        {kit.retry}
      </Button>
    </main>
  );
}
