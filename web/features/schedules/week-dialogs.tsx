import { type ReactNode, useState } from 'react';
import { copyDay, putHours, removeHours } from '../../lib/week-draft.ts';
import type { DraftHours } from '../../lib/week-hours.ts';
import { CopyDialog } from './copy-dialog.tsx';
import { type Editing, HoursDialog } from './hours-dialog.tsx';
import { newKey, type ShownWeek } from './use-shown-week.ts';
import type { WeekActions } from './week-actions.ts';

type Asked = { what: 'hours'; editing: Editing } | { what: 'copy'; weekday: number };

/** Adding, changing, copying and removing hours of the open week, and the dialogs this takes. */
export function useWeekDialogs(
  shown: ShownWeek,
  /** Where the focus goes when what was pressed is gone. */
  options: { onGone: () => void },
): { actions: WeekActions; dialogs: ReactNode } {
  // Kept while the dialog closes.
  const [asked, setAsked] = useState<(Asked & { number: number }) | null>(null);
  const [open, setOpen] = useState(false);
  const ask = (what: Asked): void => {
    setAsked((last) => ({ ...what, number: (last?.number ?? 0) + 1 }));
    setOpen(true);
  };
  const close = (): void => setOpen(false);
  const remove = (hours: DraftHours): void => {
    close();
    shown.edit((week) => removeHours(week, hours.key));
    options.onGone();
  };
  return {
    actions: {
      add: (weekday, from) => ask({ what: 'hours', editing: { weekday, from: from ?? null, hours: null } }),
      change: (hours) => ask({ what: 'hours', editing: { weekday: hours.weekday, from: null, hours } }),
      copy: (weekday) => ask({ what: 'copy', weekday }),
      putBack: (hours) => {
        shown.edit((week) => putHours(week, [hours]));
        options.onGone();
      },
    },
    dialogs: asked ? dialogFor(asked) : null,
  };

  function dialogFor(now: Asked & { number: number }): ReactNode {
    if (now.what === 'copy')
      return (
        <CopyDialog
          key={`copy ${now.number}`}
          shown={shown}
          weekday={now.weekday}
          open={open}
          onCopy={(to) => {
            close();
            shown.edit((week) => copyDay(week, { from: now.weekday, to, newKey }));
          }}
          onClose={close}
        />
      );
    return (
      <HoursDialog
        key={`hours ${now.number}`}
        shown={shown}
        editing={now.editing}
        open={open}
        onPut={(changed) => {
          close();
          shown.edit((week) => putHours(week, changed));
        }}
        onRemove={remove}
        onClose={close}
      />
    );
  }
}
