import { type ReactNode, useEffect, useRef } from 'react';
import { textIn } from '../../lib/form-values.ts';
import { useWords } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { fieldId, Select, TextField } from '../../ui/field.tsx';
import { Empty } from '../../ui/states.tsx';
import { useDistricts } from './use-districts.ts';

type Asked = { q: string; district: string };
type Props = { asked: Asked; onAsk: (asked: Asked) => void };

/** By some letters of a name and by district; the address keeps both. */
export function ChamberSearch({ asked, onAsk }: Props) {
  const { chambers } = useWords();
  const districts = useDistricts();
  const form = useRef<HTMLFormElement>(null);
  // Back and forward change what was asked for; the form itself stays, and with it the focus.
  useEffect(() => {
    const field = form.current?.querySelector<HTMLInputElement>(`#${fieldId('q')}`);
    if (field) field.value = asked.q;
  }, [asked.q]);
  return (
    <search className="mb-6 block max-w-200">
      <form
        ref={form}
        onSubmit={(event) => {
          event.preventDefault();
          const filled = new FormData(event.currentTarget);
          onAsk({ q: textIn(filled, 'q'), district: textIn(filled, searchedDistrict) });
        }}
        className="grid grid-cols-1 items-end gap-3 sm:grid-cols-[minmax(0,1fr)_14rem_auto]"
      >
        <TextField name="q" label={chambers.search} type="search" inputMode="search" value={asked.q} />
        <Select
          key={`${asked.district} ${districts.size}`}
          name={searchedDistrict}
          label={chambers.district}
          value={asked.district}
          options={[
            { value: '', text: chambers.anyDistrict },
            ...Array.from(districts, ([value, text]) => ({ value, text })),
          ]}
        />
        <Button look="secondary" wide>
          {chambers.find}
        </Button>
      </form>
    </search>
  );
}

// The form of a chamber, which opens above, has a field `district` of its own.
const searchedDistrict = 'searchedDistrict';

/** Why the list is empty, and what to do. */
export function NoChamber({ asked, onAsk, add }: Props & { add: ReactNode }) {
  const { chambers } = useWords();
  if (!asked.q && !asked.district)
    return (
      <Empty title={chambers.nothing} action={add}>
        {chambers.nothingAdvice}
      </Empty>
    );
  return (
    <Empty
      title={chambers.none}
      action={
        <div className="flex flex-wrap gap-3">
          {asked.q && asked.district ? (
            <Button type="button" look="secondary" onClick={() => onAsk({ ...asked, district: '' })}>
              {chambers.inAllDistricts}
            </Button>
          ) : null}
          <Button type="button" look="secondary" onClick={() => onAsk({ q: '', district: '' })}>
            {chambers.showAll}
          </Button>
        </div>
      }
    >
      {chambers.noneAdvice}
    </Empty>
  );
}
