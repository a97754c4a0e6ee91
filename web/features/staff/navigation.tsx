import { Link } from '@tanstack/react-router';
import { Ellipsis } from 'lucide-react';
import { useState } from 'react';
import { inLanguage } from '../../lib/language.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { type Part, partsOf } from './parts.ts';
import { Shortcuts } from './shortcuts.tsx';

/** Beside every screen where there is room. */
export function Rail() {
  const { me, words } = useStaff();
  const { shell } = words;
  return (
    <nav
      aria-label={shell.nav}
      data-screen-only
      className="hidden w-28 shrink-0 border-r border-hairline bg-white md:block lg:w-56"
    >
      <div className="sticky top-0 flex h-[calc(100svh-3.5rem)] flex-col overflow-y-auto">
        <ul className="py-4">
          {partsOf(me).map((part) => (
            <li key={part.name}>
              <PartLink part={part} className={railLink} />
            </li>
          ))}
        </ul>
        <div className="mt-auto border-t border-hairline px-3 py-4 lg:px-5">
          {me.userType === 'assistant' || me.userType === 'doctor' ? <Shortcuts /> : null}
          <Account />
        </div>
      </div>
    </nav>
  );
}

const railLink =
  'flex min-h-14 flex-col items-center justify-center gap-1 border-l-4 border-transparent px-1 py-2 text-center text-note text-ink no-underline hover:bg-paper aria-[current=page]:border-green aria-[current=page]:bg-tint aria-[current=page]:font-semibold aria-[current=page]:text-green-pressed lg:min-h-12 lg:flex-row lg:justify-start lg:gap-3 lg:px-4 lg:text-left lg:text-body';

// More would be too narrow to press and to read on a small phone.
const tabsOnPhone = 4;

/** Below every screen on a phone; what has no tab is under "More". */
export function Tabs() {
  const { me, words } = useStaff();
  const { shell } = words;
  const [open, setOpen] = useState(false);
  const parts = partsOf(me);
  const shown = parts.slice(0, tabsOnPhone);
  const rest = parts.slice(tabsOnPhone);
  return (
    <nav
      aria-label={shell.navShort}
      data-screen-only
      className="fixed inset-x-0 bottom-0 z-10 border-t border-edge bg-white pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      <ul className="flex">
        {shown.map((part) => (
          <li key={part.name} className="min-w-min flex-1">
            <PartLink part={part} className={tab} />
          </li>
        ))}
        <li className="min-w-min flex-1">
          <button
            type="button"
            aria-haspopup="dialog"
            className={`${tab} w-full`}
            onClick={() => setOpen(true)}
          >
            <Ellipsis aria-hidden="true" className="size-6 shrink-0" />
            {shell.more}
          </button>
        </li>
      </ul>
      <Dialog title={shell.moreTitle} open={open} onClose={() => setOpen(false)}>
        {rest.length > 0 ? (
          <ul className="mb-6">
            {rest.map((part) => (
              <li key={part.name} className="border-b border-hairline">
                <PartLink
                  part={part}
                  onPress={() => setOpen(false)}
                  className="flex min-h-14 items-center gap-4 text-ink no-underline aria-[current=page]:font-semibold aria-[current=page]:text-green-pressed"
                />
              </li>
            ))}
          </ul>
        ) : null}
        <Account />
      </Dialog>
    </nav>
  );
}

const tab =
  'flex min-h-16 flex-col items-center justify-center gap-1 border-t-4 border-transparent px-0.5 pt-1 pb-2 text-center text-[0.8125rem] leading-5 text-ink no-underline aria-[current=page]:border-green aria-[current=page]:font-semibold aria-[current=page]:text-green-pressed';

function PartLink(props: { part: Part; className: string; onPress?: () => void }) {
  const { words } = useStaff();
  const { part } = props;
  const Icon = part.icon;
  return (
    <Link
      to={part.to}
      activeOptions={{ exact: part.to === '/' }}
      data-block
      className={props.className}
      onClick={props.onPress}
    >
      <Icon aria-hidden="true" className="size-6 shrink-0" />
      {words.shell.parts[part.name]}
    </Link>
  );
}

/** Who is signed in, the way to the patients' pages, and the way out. */
function Account() {
  const { me, words, language } = useStaff();
  const { shell } = words;
  return (
    <div className="grid grid-cols-1 justify-items-start">
      <p className="font-semibold">{me.fullName}</p>
      <p className="mb-1 text-note text-quiet">{shell.roles[me.userType]}</p>
      <a href={inLanguage(language, '/')} className="link inline-flex min-h-12 items-center">
        {shell.publicSite}
      </a>
      <form method="post" action={inLanguage(language, '/sign-out')}>
        <button type="submit" className="link min-h-12 text-left">
          {shell.signOut}
        </button>
      </form>
    </div>
  );
}
