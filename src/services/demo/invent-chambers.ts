import type { City } from './cities.ts';
import { fill, type Bilingual } from './invent-name.ts';
import { chamberPatterns, cityAddressPatterns, townAddressPatterns } from './names.ts';
import type { Random } from './random.ts';

export type InventedChamber = {
  division: string;
  district: string;
  thana: string;
  name: Bilingual;
  address: Bilingual;
};

/** A thana as the reference data spells it. */
export type Thana = { district: string; name: string; nameBn: string; kind: 'upazila' | 'metropolitan' };

/** The chambers of a city, spread over its thanas: several doctors share one. */
export function inventChambers(random: Random, city: City, thanas: readonly Thana[]): InventedChamber[] {
  const count = Math.ceil(city.doctors / 1.8);
  const firstPattern = random.whole(0, chamberPatterns.length - 1);
  return Array.from({ length: count }, (_, index) => {
    const position = index % city.thanas.length;
    const wanted = city.thanas[position];
    const thana = thanas.find((each) => each.district === city.district && each.name === wanted);
    if (!thana) throw new Error(`the reference data has no thana ${wanted} in ${city.district}`);
    // Each round takes every thana's next pattern, so that no two chambers of a city share a name.
    const round = Math.floor(index / city.thanas.length);
    const pattern =
      chamberPatterns[(firstPattern + 5 * position + round) % chamberPatterns.length] ?? chamberPatterns[0];
    const area = { en: thana.name, bn: thana.nameBn };
    const addresses: readonly Bilingual[] =
      thana.kind === 'metropolitan' ? cityAddressPatterns : townAddressPatterns;
    return {
      division: city.division,
      district: city.district,
      thana: thana.name,
      name: fill(pattern, { area: { en: withoutSadar(area.en, 'Sadar'), bn: withoutSadar(area.bn, 'সদর') } }),
      address: fill(random.pick(addresses), {
        area,
        house: random.whole(1, 99),
        road: random.whole(1, 27),
        floor: random.whole(1, 8),
      }),
    };
  });
}

/** A clinic calls itself after the town, not after the upazila. */
const withoutSadar = (name: string, sadar: string): string => name.replace(new RegExp(` ${sadar}$`), '');
