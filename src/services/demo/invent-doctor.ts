import type { City } from './cities.ts';
import { fill, inventName, type Bilingual, type Gender } from './invent-name.ts';
import { aboutPatterns, baseDegrees, degrees, topics } from './names.ts';
import type { Random } from './random.ts';

type Specialization = keyof typeof topics;

export type InventedDoctor = {
  /** Of the five who have a password of their own: `Doctor@` and their number. */
  email: string | null;
  name: Bilingual;
  gender: Gender;
  /** Codes, the main one first. */
  specializations: Specialization[];
  qualifications: string;
  experienceYears: number;
  /** Whole taka. */
  fee: number;
  about: Bilingual;
  city: City;
  /** Where they must sit; null: anywhere in the city. */
  thana: string | null;
  mode: 'timed' | 'serial';
  /** Share of their places that patients take. */
  popularity: number;
};

/** All doctors of the demonstration, the five with logins of their own first. */
export function inventDoctors(random: Random, cities: readonly City[]): InventedDoctor[] {
  const usedNames = new Set(starring.map((star) => star.name.en));
  const seats = cities.flatMap((city) => Array.from({ length: city.doctors }, () => city));
  const stars = starring.map((star) => {
    const seat = seats.findIndex((city) => city.district === star.district);
    const [city] = seats.splice(seat, 1);
    if (!city) throw new Error(`no doctors are wanted in ${star.district}`);
    return furnish(random, { ...star, city, popularity: 0.6 });
  });
  const others = seats.map((city, index) => {
    const specialization = random.pickWeighted(common, ([, weight]) => weight)[0];
    const gender = random.chance(shareOfWomen[specialization] ?? 0.3) ? 'female' : 'male';
    return furnish(random, {
      email: null,
      name: inventUnusedName(random, gender, usedNames),
      gender,
      specialization,
      city,
      thana: null,
      // Two of five, in every place: neither kind may be missing from a small one.
      mode: index % 5 === 1 || index % 5 === 3 ? 'serial' : 'timed',
      popularity: index % 9 === 4 ? 0.12 + 0.16 * random.fraction() : 0.014,
    });
  });
  return [...stars, ...others];
}

type Sketch = Pick<InventedDoctor, 'email' | 'name' | 'gender' | 'city' | 'thana' | 'mode' | 'popularity'> & {
  specialization: Specialization;
};

const starring: readonly (Omit<Sketch, 'city' | 'popularity'> & { district: string })[] = [
  {
    email: 'dr.smith@example.com',
    name: { en: 'David Smith', bn: 'ডেভিড স্মিথ' },
    gender: 'male',
    specialization: 'medicine',
    district: 'Dhaka',
    thana: 'Dhanmondi',
    mode: 'timed',
  },
  {
    email: 'dr.rahman@example.com',
    name: { en: 'Habibur Rahman', bn: 'হাবিবুর রহমান' },
    gender: 'male',
    specialization: 'cardiology',
    district: 'Dhaka',
    thana: 'Mirpur',
    mode: 'serial',
  },
  {
    email: 'dr.akter@example.com',
    name: { en: 'Salma Akter', bn: 'সালমা আক্তার' },
    gender: 'female',
    specialization: 'gynaecology-obstetrics',
    district: 'Chattogram',
    thana: 'Panchlaish',
    mode: 'serial',
  },
  {
    email: 'dr.das@example.com',
    name: { en: 'Subrata Das', bn: 'সুব্রত দাস' },
    gender: 'male',
    specialization: 'paediatrics',
    district: 'Sylhet',
    thana: 'Kotwali',
    mode: 'timed',
  },
  {
    email: 'dr.begum@example.com',
    name: { en: 'Rokeya Begum', bn: 'রোকেয়া বেগম' },
    gender: 'female',
    specialization: 'dermatology',
    district: 'Rajshahi',
    thana: 'Boalia',
    mode: 'timed',
  },
];

const common: readonly (readonly [Specialization, number])[] = [
  ['medicine', 36],
  ['gynaecology-obstetrics', 32],
  ['paediatrics', 26],
  ['cardiology', 22],
  ['orthopaedics', 18],
  ['dermatology', 18],
  ['ent', 16],
  ['ophthalmology', 16],
  ['dentistry', 16],
  ['general-surgery', 14],
  ['endocrinology', 14],
  ['neurology', 12],
  ['gastroenterology', 12],
  ['family-medicine', 10],
  ['psychiatry', 10],
  ['urology', 9],
  ['nephrology', 9],
  ['pulmonology', 9],
  ['physical-medicine', 7],
  ['oncology', 6],
  ['rheumatology', 6],
  ['hepatology', 5],
  ['neurosurgery', 5],
  ['haematology', 4],
  ['nutrition', 4],
  ['neonatology', 3],
  ['infertility', 3],
  ['paediatric-surgery', 3],
  ['colorectal-surgery', 3],
  ['cardiac-surgery', 3],
  ['plastic-surgery', 3],
  ['breast-surgery', 2],
  ['vascular-surgery', 2],
  ['hepatobiliary-surgery', 2],
  ['pain-medicine', 2],
  ['allergy-immunology', 2],
  ['infectious-diseases', 2],
];

const shareOfWomen: Partial<Record<Specialization, number>> = {
  'gynaecology-obstetrics': 0.95,
  infertility: 0.9,
  'breast-surgery': 0.8,
  paediatrics: 0.45,
  dermatology: 0.45,
  nutrition: 0.7,
  orthopaedics: 0.05,
  neurosurgery: 0.05,
  'cardiac-surgery': 0.05,
  urology: 0.05,
};

/** Those whose doctors often see general medicine patients too. */
const alsoMedicine: ReadonlySet<Specialization> = new Set([
  'cardiology',
  'endocrinology',
  'gastroenterology',
  'pulmonology',
  'rheumatology',
  'infectious-diseases',
]);

function inventUnusedName(random: Random, gender: Gender, used: Set<string>): Bilingual {
  let name = inventName(random, gender);
  while (used.has(name.en)) name = inventName(random, gender);
  used.add(name.en);
  return name;
}

function furnish(random: Random, { specialization, ...sketch }: Sketch): InventedDoctor {
  const experienceYears = random.whole(4, 32);
  const base = baseDegrees[specialization === 'dentistry' ? 'dentist' : 'physician'];
  const inDhaka = sketch.city.district === 'Dhaka';
  const fee = 300 + 25 * experienceYears + 100 * random.whole(0, 3) + (inDhaka ? 100 : 0);
  return {
    ...sketch,
    specializations:
      alsoMedicine.has(specialization) && random.chance(0.5)
        ? [specialization, 'medicine']
        : [specialization],
    qualifications: `${random.pick(base)}, ${random.pick<string>(degrees[specialization])}`,
    experienceYears,
    fee: Math.min(1500, roundTo50(fee)),
    about: fill(random.pick<Bilingual>(aboutPatterns), {
      topics: topics[specialization],
      years: experienceYears,
    }),
  };
}

export const roundTo50 = (taka: number): number => Math.round(taka / 50) * 50;
