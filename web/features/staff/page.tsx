import type { ReactNode } from 'react';
import { useSiteName } from '../../lib/staff/settings.ts';
import { PageHeader } from '../../ui/page-header.tsx';

/** A screen: its heading, and what stands below. */
export function Page(props: {
  title: string;
  lead?: ReactNode;
  actions?: ReactNode;
  /** What is printed has a heading of its own. */
  printsAlone?: boolean;
  children?: ReactNode;
}) {
  const site = useSiteName();
  return (
    <>
      <PageHeader
        // Another title is another screen, even where the same component shows it.
        key={props.title}
        title={props.title}
        site={site}
        lead={props.lead}
        actions={props.actions}
        screenOnly={props.printsAlone ?? false}
      />
      {props.children}
    </>
  );
}
