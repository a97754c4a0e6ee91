import type { ChamberToEdit } from '../../../src/contract/chambers.ts';
import { formatPhone } from '../../lib/phone.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/table.tsx';
import { chamberName, chamberPlace } from './chamber-words.ts';
import { useDistricts } from './use-districts.ts';

/** Chambers with what patients read of them; those that one may change have the buttons for it. */
export function ChambersTable(props: {
  chambers: readonly ChamberToEdit[];
  /** Null for somebody who may not publish anything yet. */
  onChange: ((chamber: ChamberToEdit) => void) | null;
  onRules: ((chamber: ChamberToEdit) => void) | null;
  onClose: (chamber: ChamberToEdit) => void;
}) {
  const { words, language } = useStaff();
  const { chambers } = words;
  const districts = useDistricts();
  const { onChange, onRules, onClose } = props;
  const actions = {
    name: 'actions',
    head: chambers.columns.actions,
    numeric: true,
    render: (chamber: ChamberToEdit) => {
      const name = chamberName(language, chamber);
      const does = [
        { text: chambers.change, label: chambers.changeOf(name), act: onChange },
        { text: chambers.rules, label: chambers.rulesOf(name), act: onRules },
        { text: chambers.close, label: chambers.closeOf(name), act: onClose },
      ];
      return chamber.mayEdit ? (
        <div className="flex flex-wrap gap-2 max-md:py-2 md:justify-end">
          {does.map(({ text, label, act }) =>
            act ? (
              <Button
                key={text}
                type="button"
                look="secondary"
                size="dense"
                label={label}
                onClick={() => act(chamber)}
              >
                {text}
              </Button>
            ) : null,
          )}
        </div>
      ) : null;
    },
  };
  return (
    <DataTable
      caption={chambers.title}
      rows={props.chambers}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'name',
          head: chambers.columns.name,
          render: (chamber) => <Names chamber={chamber} />,
        },
        {
          name: 'address',
          head: chambers.columns.address,
          render: (chamber) => chamberPlace(language, chamber, districts),
        },
        {
          name: 'phone',
          head: chambers.columns.phone,
          render: ({ phone }) =>
            phone ? (
              <a
                href={`tel:${phone}`}
                className="link inline-flex min-h-9 items-center whitespace-nowrap tabular-nums"
              >
                {formatPhone(phone)}
              </a>
            ) : (
              <span className="text-quiet">{chambers.noPhone}</span>
            ),
        },
        ...(props.chambers.some(({ mayEdit }) => mayEdit) ? [actions] : []),
      ]}
    />
  );
}

function Names({ chamber }: { chamber: ChamberToEdit }) {
  const { language } = useStaff();
  const name = chamberName(language, chamber);
  const other = [chamber.name, chamber.nameBn].find((one) => one !== null && one !== name);
  return (
    <>
      {name}
      {other ? <span className="block text-note font-normal text-quiet">{other}</span> : null}
    </>
  );
}
