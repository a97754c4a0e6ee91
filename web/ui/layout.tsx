import type { ReactNode } from 'react';

/** A page's own part beside what explains it. On a phone the aside stands below, or with `asideFirst` above. */
export function Columns(props: { main: ReactNode; aside: ReactNode; asideFirst?: boolean }) {
  const aside = <div className="min-w-0 lg:col-start-2 lg:row-start-1">{props.aside}</div>;
  return (
    <div className="grid grid-cols-1 gap-x-14 gap-y-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
      {props.asideFirst ? aside : null}
      <div className="min-w-0 lg:col-start-1 lg:row-start-1">{props.main}</div>
      {props.asideFirst ? null : aside}
    </div>
  );
}

/** One column as wide as reading allows. */
export function Column(props: { children: ReactNode }) {
  return <div className="max-w-160">{props.children}</div>;
}

export function PageHeading(props: { children: ReactNode; lead?: ReactNode }) {
  return (
    <div className="mb-6">
      <h1 tabIndex={-1} className="text-title md:text-display">
        {props.children}
      </h1>
      {props.lead ? <p className="mt-1 max-w-160 text-quiet">{props.lead}</p> : null}
    </div>
  );
}

export function SectionHeading(props: { id?: string; children: ReactNode }) {
  return (
    <h2 id={props.id} className="mb-2 text-lead">
      {props.children}
    </h2>
  );
}
