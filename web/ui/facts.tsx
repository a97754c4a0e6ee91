import type { ReactNode } from 'react';

export type Fact = { name: string; value: ReactNode };

/** Names and values under each other, ruled like a form. */
export function Facts(props: { facts: readonly Fact[] }) {
  return (
    <dl>
      {props.facts.map(({ name, value }) => (
        <div
          key={name}
          className="grid grid-cols-[6.5rem_minmax(0,1fr)] gap-3 border-t border-hairline py-2 first:border-t-0"
        >
          <dt className="text-quiet">{name}</dt>
          <dd className="min-w-0">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
