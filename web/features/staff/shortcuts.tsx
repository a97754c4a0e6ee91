import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useStaff } from '../../lib/staff/context.tsx';
import { Checkbox } from '../../ui/check.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { fieldId } from '../../ui/field.tsx';
import { keepKeys, keysCount, readKeys } from './keys.ts';

/**
 * The keys of the desk, and the dialog that tells and switches them: `/` finds, `N` books, `C` takes the first step of the
 * visit that has the focus, `?` tells. None of them works while somebody types or a dialog is open.
 */
export function Shortcuts() {
  const { words } = useStaff();
  const { keys } = words.shell;
  const navigate = useNavigate();
  const [helping, setHelping] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!keysCount(event)) return;
      const key = event.key.toLowerCase();
      if (key === '/') void navigate({ to: '/appointments' }).then(() => focusSoon(fieldId('find')));
      else if (key === 'n') void navigate({ to: '/book' });
      else if (key === 'c') firstStepOfFocused()?.click();
      else if (key === '?') setHelping(true);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [navigate]);
  return (
    <>
      <button type="button" className="link min-h-12" aria-haspopup="dialog" onClick={() => setHelping(true)}>
        {keys.title}
      </button>
      <Dialog title={keys.title} open={helping} onClose={() => setHelping(false)} narrow>
        <dl className="mb-5">
          {keys.list.map(({ key, does }) => (
            <div
              key={key}
              className="flex items-baseline gap-4 border-t border-hairline py-2 first:border-t-0"
            >
              <dt className="w-24 shrink-0">
                <kbd className="rounded-input border border-edge bg-paper px-2 py-0.5">{key}</kbd>
              </dt>
              <dd>{does}</dd>
            </div>
          ))}
        </dl>
        <Checkbox
          name="shortcuts"
          label={keys.use}
          hint={keys.useHint}
          checked={readKeys()}
          onChange={keepKeys}
        />
      </Dialog>
    </>
  );
}

const firstStepOfFocused = (): HTMLElement | null | undefined =>
  document.activeElement?.closest('li')?.querySelector<HTMLElement>('[data-steps] button');

/** Of a screen that may still have to be fetched. */
function focusSoon(id: string, tries = 40): void {
  const field = document.getElementById(id);
  if (field) field.focus();
  else if (tries > 0) setTimeout(() => focusSoon(id, tries - 1), 50);
}
