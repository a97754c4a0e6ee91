import { useEffect, useState } from 'react';
import { listChambers } from '../../../src/contract/chambers.ts';
import type { Chamber } from '../../../src/contract/doctors.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { chamberName, chamberPlace } from '../chambers/chamber-words.ts';
import { useDistricts } from '../chambers/use-districts.ts';
import { Loaded } from '../staff/loaded.tsx';

/** One of all chambers but those the doctor works in, or the way to add one. */
export function ChamberField(props: {
  /** Has just been added. */
  chosen: Chamber | null;
  known: readonly Chamber[];
  error?: string | undefined;
  onAdd: () => void;
}) {
  const { words, language } = useStaff();
  const { fees } = words;
  const districts = useDistricts();
  const [typed, setTyped] = useState('');
  const all = useRead(listChambers, { query: { limit: 100 } });
  // As long as they fit in one answer the field finds them by itself; beyond that the server looks.
  const more = useRead(
    listChambers,
    { query: { limit: 100, q: useSettled(typed).slice(0, 100) } },
    { enabled: Boolean(all.data?.nextCursor) && typed.trim() !== '' },
  );
  return (
    <Loaded read={all}>
      {({ items }) => (
        <div>
          <Combobox
            // What was added meanwhile is chosen.
            key={props.chosen?.id}
            name="chamberId"
            label={fees.chamber}
            hint={fees.chamberHint}
            error={props.error}
            value={props.chosen ? String(props.chosen.id) : undefined}
            options={withoutDoubles([
              ...(props.chosen ? [props.chosen] : []),
              ...items,
              ...(more.data?.items ?? []),
            ])
              .filter(({ id }) => !props.known.some((one) => one.id === id))
              .map((chamber) => ({
                value: String(chamber.id),
                text: chamberName(language, chamber),
                note: [otherName(language, chamber), chamberPlace(language, chamber, districts)]
                  .filter(Boolean)
                  .join(' · '),
              }))}
            onType={setTyped}
          />
          <div className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1">
            <span className="text-quiet">{fees.notInList}</span>
            <Button type="button" look="secondary" size="dense" onClick={props.onAdd}>
              {words.chambers.add}
            </Button>
          </div>
        </div>
      )}
    </Loaded>
  );
}

/** What was typed, once typing pauses. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled.trim();
}

const withoutDoubles = (chambers: readonly Chamber[]): Chamber[] => [
  ...new Map(chambers.map((chamber) => [chamber.id, chamber])).values(),
];

/** In the other script: somebody may look for that. */
const otherName = (language: 'bn' | 'en', { name, nameBn }: Chamber): string | null =>
  language === 'bn' ? (nameBn ? name : null) : nameBn;
