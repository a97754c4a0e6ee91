import type { Chamber } from '../../../src/contract/doctors.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { Combobox } from '../../ui/combobox.tsx';
import { chamberName, chamberPlace } from '../chambers/chamber-words.ts';
import { useChamberSearch } from '../chambers/use-chamber-search.ts';
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
  const { read, found, onType } = useChamberSearch();
  return (
    <Loaded read={read}>
      {() => (
        <div>
          <Combobox
            // What was added meanwhile is chosen.
            key={props.chosen?.id}
            name="chamberId"
            label={fees.chamber}
            hint={fees.chamberHint}
            error={props.error}
            value={props.chosen ? String(props.chosen.id) : undefined}
            options={(props.chosen
              ? [props.chosen, ...found.filter(({ id }) => id !== props.chosen?.id)]
              : found
            )
              .filter(({ id }) => !props.known.some((one) => one.id === id))
              .map((chamber) => ({
                value: String(chamber.id),
                text: chamberName(language, chamber),
                note: [otherName(language, chamber), chamberPlace(language, chamber, districts)]
                  .filter(Boolean)
                  .join(' · '),
              }))}
            onType={onType}
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

/** In the other script: somebody may look for that. */
const otherName = (language: 'bn' | 'en', { name, nameBn }: Chamber): string | null =>
  language === 'bn' ? (nameBn ? name : null) : nameBn;
