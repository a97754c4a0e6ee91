import { Link } from '@tanstack/react-router';
import { Folded } from './folded.tsx';

type TabLink = {
  to: string;
  text: string;
  /** What lies below its address is another part. */
  exact?: boolean;
  /** What the address keeps; left out, nothing. */
  search?: Readonly<Record<string, string>>;
};

/** Ways between the parts of one thing: links, so that each part has its address. They wrap rather than scroll. */
export function TabLinks(props: {
  label: string;
  links: readonly TabLink[];
  /** Of many: on a phone they are folded under this, the name of the part that is shown. */
  folded?: string;
}) {
  const { links, folded } = props;
  return (
    <nav aria-label={props.label} data-screen-only className="mb-6 border-b border-hairline">
      {folded === undefined ? (
        <Links links={links} />
      ) : (
        <Folded text={props.label} note={folded}>
          {(close) => <Links links={links} onFollow={close} />}
        </Folded>
      )}
    </nav>
  );
}

function Links(props: { links: readonly TabLink[]; onFollow?: () => void }) {
  return (
    <ul className={`flex flex-wrap gap-x-1 ${props.onFollow ? 'max-md:flex-col' : ''}`}>
      {props.links.map(({ to, text, exact = false, search = {} }) => (
        <li key={to}>
          <Link
            to={to}
            search={search}
            activeOptions={{ exact, includeSearch: false }}
            onClick={props.onFollow}
            data-block
            className="-mb-px inline-flex min-h-12 items-center border-b-4 border-transparent px-3 text-ink no-underline hover:bg-tint aria-[current=page]:border-green aria-[current=page]:font-semibold aria-[current=page]:text-green-pressed"
          >
            {text}
          </Link>
        </li>
      ))}
    </ul>
  );
}
