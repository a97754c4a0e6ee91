import { Link } from '@tanstack/react-router';

/** Ways between the parts of one thing: links, so that each part has its address. They wrap rather than scroll. */
export function TabLinks(props: {
  label: string;
  /** `exact`: what lies below its address is another part. */
  links: readonly { to: string; text: string; exact?: boolean }[];
}) {
  return (
    <nav aria-label={props.label} data-screen-only className="mb-6 border-b border-hairline">
      <ul className="flex flex-wrap gap-x-1">
        {props.links.map(({ to, text, exact = false }) => (
          <li key={to}>
            <Link
              to={to}
              activeOptions={{ exact, includeSearch: false }}
              data-block
              className="-mb-px inline-flex min-h-12 items-center border-b-4 border-transparent px-3 text-ink no-underline hover:bg-tint aria-[current=page]:border-green aria-[current=page]:font-semibold aria-[current=page]:text-green-pressed"
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
