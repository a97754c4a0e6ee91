import type { Holiday } from '../../../src/contract/exceptions.ts';
import { formatSpan } from '../../lib/date-spans.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Button } from '../../ui/button.tsx';
import { DataTable } from '../../ui/table.tsx';
import { Tag } from '../../ui/tag.tsx';

/** The holidays that are set here, by date, and what can be done with each. */
export function HolidayTable(props: {
  caption: string;
  /** A date of the year that need not be said. */
  ofYear: string;
  holidays: readonly Holiday[];
  /** The name of a holiday's one chamber. */
  chamberOf: (id: number) => string;
  busy: boolean;
  onConfirm: (holiday: Holiday) => void;
  onChange: (holiday: Holiday) => void;
  onDrop: (holiday: Holiday) => void;
}) {
  const { words, language, today } = useStaff();
  const { holidays: texts } = words;
  const { columns } = texts.set;
  return (
    <DataTable
      caption={props.caption}
      rows={props.holidays}
      keyOf={({ id }) => id}
      columns={[
        {
          name: 'name',
          head: columns.name,
          render: (holiday) => (
            <>
              {language === 'bn' ? holiday.nameBn : holiday.name}
              {holiday.chamberId === null ? null : (
                <span className="block text-note font-normal text-quiet">
                  {texts.onlyIn(props.chamberOf(holiday.chamberId))}
                </span>
              )}
            </>
          ),
        },
        {
          name: 'when',
          head: columns.when,
          render: (holiday) => formatSpan(language, holiday, props.ofYear),
        },
        { name: 'state', head: columns.state, render: (holiday) => <HolidayState holiday={holiday} /> },
        {
          name: 'change',
          head: columns.change,
          render: (holiday) => (holiday.until < today() ? '–' : <Actions {...props} holiday={holiday} />),
        },
      ]}
    />
  );
}

function HolidayState({ holiday }: { holiday: Holiday }) {
  const { words, today } = useStaff();
  const { states } = words.holidays;
  if (holiday.until < today()) return <Tag tone="off">{states.past}</Tag>;
  return holiday.tentative ? (
    <Tag tone="waiting">{states.tentative}</Tag>
  ) : (
    <Tag tone="done">{states.firm}</Tag>
  );
}

function Actions(
  props: Pick<Parameters<typeof HolidayTable>[0], 'busy' | 'onConfirm' | 'onChange' | 'onDrop'> & {
    holiday: Holiday;
  },
) {
  const { words, language } = useStaff();
  const { holidays: texts } = words;
  const { holiday } = props;
  const name = language === 'bn' ? holiday.nameBn : holiday.name;
  return (
    <span className="flex flex-wrap justify-end gap-2 whitespace-nowrap md:justify-start min-[75rem]:flex-nowrap">
      {holiday.tentative ? (
        <Button
          type="button"
          look="secondary"
          size="dense"
          label={texts.confirmWhat(name)}
          busy={props.busy}
          onClick={() => props.onConfirm(holiday)}
        >
          {texts.confirm}
        </Button>
      ) : null}
      <Button
        type="button"
        look="secondary"
        size="dense"
        label={texts.changeWhat(name)}
        onClick={() => props.onChange(holiday)}
      >
        {texts.change}
      </Button>
      <Button
        type="button"
        look="secondary"
        size="dense"
        label={texts.dropWhat(name)}
        busy={props.busy}
        onClick={() => props.onDrop(holiday)}
      >
        {texts.drop}
      </Button>
    </span>
  );
}
