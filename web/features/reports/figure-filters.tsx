import { useState } from 'react';
import type { FigureReport } from '../../../src/contract/figures.ts';
import { listSpecializations } from '../../../src/contract/locations.ts';
import { chamberName } from '../../lib/chamber-name.ts';
import { readFigureAddress, type FigureAddress } from '../../lib/figure-address.ts';
import { doctorName, localName, specializationName } from '../../lib/names.ts';
import { presets } from '../../lib/report-period.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useRead } from '../../lib/staff/data.ts';
import { Combobox, type ComboboxOption } from '../../ui/combobox.tsx';
import { DependentSelect } from '../../ui/dependent-select.tsx';
import { Folded } from '../../ui/folded.tsx';
import { Panel } from '../../ui/panel.tsx';
import { useChamberSearch } from '../chambers/use-chamber-search.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useDoctorSearch } from '../doctors/use-doctor-search.ts';
import { useScreenQuery } from '../staff/screen-query.ts';
import { OwnDates } from './own-dates.tsx';
import { useFilterChange } from './use-filter-change.ts';

/** What a report is about: dates, doctor, chamber, specialization, and whether the dates before stand beside it. */
export function FigureFilters(props: {
  /** As it was last read: it knows the names of what the address names by id. */
  report: FigureReport | undefined;
}) {
  const { me, words, today } = useStaff();
  const texts = words.figures.filters;
  const { query } = useScreenQuery();
  const change = useFilterChange();
  const address = readFigureAddress(query, today());
  const { period, compare } = address;
  // Own dates are being chosen until there is another period.
  const [choosing, setChoosing] = useState<string | null>(null);
  const shown = `${period.from} ${period.to}`;
  const name = choosing === shown ? 'own' : period.name;
  return (
    <div data-screen-only>
      <Panel>
        <Folded text={texts.title} note={texts.presets[period.name]}>
          {() => (
            <div className="grid grid-cols-1 gap-4 max-md:pt-3 md:grid-cols-2 lg:grid-cols-4">
              <DependentSelect
                name="period"
                label={texts.period}
                value={name}
                options={[...presets, 'own' as const].map((value) => ({ value, text: texts.presets[value] }))}
                onChange={(value) => {
                  setChoosing(value === 'own' ? shown : null);
                  if (value !== 'own') change({ period: value, from: null, to: null });
                }}
              />
              {me.userType === 'admin' ? (
                <AdminFilters address={address} report={props.report} />
              ) : (
                <OwnChambers chamberId={address.chamberId} />
              )}
              <DependentSelect
                name="compare"
                label={texts.compare}
                value={compare ? 'yes' : ''}
                options={[
                  { value: '', text: texts.withNothing },
                  { value: 'yes', text: texts.withBefore },
                ]}
                onChange={(value) => change({ compare: value })}
              />
              {name === 'own' ? (
                <OwnDates dates={period} onChoose={(dates) => change({ ...dates, period: null })} />
              ) : null}
            </div>
          )}
        </Folded>
      </Panel>
    </div>
  );
}

function AdminFilters({ address, report }: { address: FigureAddress; report: FigureReport | undefined }) {
  const { words, language } = useStaff();
  const texts = words.figures.filters;
  const change = useFilterChange();
  const doctors = useDoctorSearch();
  const chambers = useChamberSearch();
  const specializations = useRead(listSpecializations, {}, { staleMs: 300_000 });
  return (
    <>
      <Combobox
        name="doctor"
        label={texts.doctor}
        optional={words.kit.optional}
        value={idText(address.doctorId)}
        options={withChosen(
          doctors.found.map(({ id, fullName, doctor }) => ({
            value: String(id),
            text: doctorName(language, { fullName, nameBn: doctor?.nameBn ?? null }),
          })),
          report?.doctor && { value: String(report.doctor.id), text: report.doctor.label[language] },
        )}
        onType={doctors.onType}
        onChange={(value) => change({ doctor: value })}
      />
      <Combobox
        name="chamber"
        label={texts.chamber}
        optional={words.kit.optional}
        value={idText(address.chamberId)}
        options={withChosen(
          chambers.found.map((chamber) => ({
            value: String(chamber.id),
            text: chamberName(language, chamber),
          })),
          report?.chamber && { value: String(report.chamber.id), text: report.chamber.label[language] },
        )}
        onType={chambers.onType}
        onChange={(value) => change({ chamber: value })}
      />
      <DependentSelect
        name="specialization"
        label={texts.specialization}
        value={address.specialization ?? ''}
        options={[
          { value: '', text: texts.all },
          ...(specializations.data?.items ?? []).map((one) => ({
            value: one.code,
            text: specializationName(language, one),
          })),
        ]}
        onChange={(value) => change({ specialization: value })}
      />
    </>
  );
}

function OwnChambers({ chamberId }: { chamberId: number | null }) {
  const { words, language } = useStaff();
  const texts = words.figures.filters;
  const change = useFilterChange();
  const desk = useDesk();
  return (
    <DependentSelect
      name="chamber"
      label={texts.chamber}
      value={idText(chamberId) ?? ''}
      options={[
        { value: '', text: texts.all },
        ...(desk.data?.chambers ?? []).map((chamber) => ({
          value: String(chamber.id),
          text: localName(language, chamber),
        })),
      ]}
      onChange={(value) => change({ chamber: value })}
    />
  );
}

const idText = (id: number | null): string | undefined => (id === null ? undefined : String(id));

/** What is chosen stands in the list, though it may not be among the first. */
const withChosen = (
  options: readonly ComboboxOption[],
  chosen: ComboboxOption | null | undefined,
): ComboboxOption[] =>
  chosen && options.every(({ value }) => value !== chosen.value) ? [chosen, ...options] : [...options];
