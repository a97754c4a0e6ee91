import { useState } from 'react';
import type { ChamberToEdit } from '../../../src/contract/chambers.ts';
import { listDistricts, listDivisions, listThanas } from '../../../src/contract/locations.ts';
import { placeName } from '../../lib/names.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { DependentSelect } from '../../ui/dependent-select.tsx';
import { useKit } from '../../ui/kit.tsx';
import type { FieldErrors } from '../../ui/notices.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { Loaded } from '../staff/loaded.tsx';

const forGood = { staleMs: Number.POSITIVE_INFINITY };

/** A division, a district of it, and a thana of that. */
export function PlaceFields(props: { chamber: ChamberToEdit | null; errors: FieldErrors }) {
  const { words, language } = useStaff();
  const { chambers } = words;
  const { texts } = useKit();
  const { chamber, errors } = props;
  const [{ division, district, thana }, setPlace] = useState({
    division: chamber?.division ?? '',
    district: chamber?.district ?? '',
    thana: chamber?.thana ?? '',
  });
  const divisions = useRead(listDivisions, {}, forGood);
  const districts = useRead(listDistricts, { query: {} }, forGood);
  const thanas = useRead(listThanas, { query: { district } }, { ...forGood, enabled: district !== '' });
  const optionsOf = (first: string, places: readonly { name: string; nameBn: string }[] = []) => [
    { value: '', text: first },
    ...places.map((place) => ({ value: place.name, text: placeName(language, place) })),
  ];
  const ofThana = {
    name: 'thana',
    label: chambers.thana,
    error: errors['thana'],
    optional: texts.optional,
    value: thana,
    onChange: (chosen: string) => setPlace({ division, district, thana: chosen }),
  };
  return (
    <Loaded read={divisions} skeleton={<Skeleton rows={3} />}>
      {({ items }) => (
        <Loaded read={districts} skeleton={<Skeleton rows={3} />}>
          {({ items: all }) => (
            <div className="grid grid-cols-1 gap-5 sm:grid-cols-2">
              <DependentSelect
                name="division"
                label={chambers.division}
                error={errors['division']}
                value={division}
                options={optionsOf(chambers.chooseDivision, items)}
                onChange={(chosen) => setPlace({ division: chosen, district: '', thana: '' })}
              />
              <DependentSelect
                name="district"
                label={chambers.district}
                error={errors['district']}
                value={district}
                options={optionsOf(
                  division ? chambers.chooseDistrict : chambers.divisionFirst,
                  all.filter((each) => each.division === division),
                )}
                onChange={(chosen) => setPlace({ division, district: chosen, thana: '' })}
              />
              {district === '' ? (
                <DependentSelect {...ofThana} options={optionsOf(chambers.districtFirst)} />
              ) : (
                <div>
                  {/* Without its list the thana cannot be chosen, but saving must not take it away. */}
                  {thanas.data ? null : <input type="hidden" name="thana" value={thana} />}
                  <Loaded read={thanas} skeleton={<Skeleton rows={3} rowHeight="line" />}>
                    {({ items: own }) => (
                      <DependentSelect {...ofThana} options={optionsOf(chambers.chooseThana, own)} />
                    )}
                  </Loaded>
                </div>
              )}
            </div>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}
