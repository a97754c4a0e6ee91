import { type ChamberPolicy, getChamberPolicy, patchChamberPolicy } from '../../../src/contract/policies.ts';
import { digits } from '../../lib/digits.ts';
import { allIn, numberIn, optionalNumberIn } from '../../lib/form-values.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWrite } from '../../lib/staff/data.ts';
import { CheckChoices } from '../../ui/check.tsx';
import { NumberField } from '../../ui/parsed-field.tsx';
import { Form, SendOrLeave } from '../staff/form.tsx';

/** What the rules are about, in the order they are read, each rule with its unit. */
const parts = [
  {
    about: 'changing',
    hint: 'noticeHint',
    rules: [
      { name: 'cancelNoticeMinutes', unit: 'minutes' },
      { name: 'rescheduleNoticeMinutes', unit: 'minutes' },
      { name: 'mostReschedules', unit: 'times' },
    ],
  },
  {
    about: 'limits',
    hint: null,
    rules: [
      { name: 'mostPerDoctor', unit: 'visits' },
      { name: 'mostInAll', unit: 'visits' },
    ],
  },
  {
    about: 'noShows',
    hint: 'noShowLimitHint',
    rules: [
      { name: 'noShowLimit', unit: 'times' },
      { name: 'noShowDays', unit: 'days' },
    ],
  },
  {
    about: 'deposits',
    hint: 'depositHint',
    rules: [
      { name: 'depositPercent', unit: 'percent' },
      { name: 'depositMinutes', unit: 'minutes' },
    ],
  },
  {
    about: 'refunds',
    hint: 'refundHint',
    rules: [
      { name: 'refundPercent', unit: 'percent' },
      { name: 'lateRefundPercent', unit: 'percent' },
    ],
  },
] as const;

/** The rules of one chamber, all of them saved together. */
export function RulesForm(props: {
  chamberId: number;
  policy: ChamberPolicy;
  onDone: () => void;
  onClose: () => void;
}) {
  const { words, language } = useStaff();
  const { chambers, kit } = words;
  const { rule, units } = chambers;
  const { chamberId, policy } = props;
  const { send, busy, error } = useWrite(patchChamberPolicy, { changes: [getChamberPolicy] });
  const submit = async (form: FormData): Promise<void> => {
    if (await send({ params: { id: chamberId }, body: readPolicy(form) })) props.onDone();
  };
  const sayBefore = (minutes: number): string => {
    const [unit, size] =
      minutes % 1440 === 0
        ? (['days', 1440] as const)
        : minutes % 60 === 0
          ? (['hours', 60] as const)
          : (['minutes', 1] as const);
    return rule.before[unit](digits(language, minutes / size));
  };
  return (
    <Form error={error} fieldTexts={chambers.ruleErrors} onSubmit={submit}>
      {(errors) => (
        <>
          <p className="text-quiet">{chambers.rulesLead}</p>
          {parts.map(({ about, hint, rules }) => (
            <fieldset key={about} className="border-t-2 border-t-green pt-3">
              <legend className="float-left mb-1 w-full text-lead font-semibold">{rule[about]}</legend>
              <div className="clear-both grid grid-cols-1 gap-4">
                {hint ? <p className="text-note text-quiet">{rule[hint]}</p> : null}
                {rules.map(({ name, unit }) => (
                  <NumberField
                    key={name}
                    name={name}
                    label={rule[name]}
                    unit={units[unit]}
                    optional={name === 'noShowLimit' ? kit.optional : undefined}
                    value={policy[name] === null ? undefined : String(policy[name])}
                    error={errors[name]}
                  />
                ))}
              </div>
            </fieldset>
          ))}
          <div className="border-t-2 border-t-green pt-3">
            <CheckChoices
              name="reminderMinutes"
              legend={rule.reminders}
              hint={rule.remindersHint}
              error={errors['reminderMinutes']}
              values={policy.reminderMinutes.map(String)}
              options={reminderChoices(policy).map((minutes) => ({
                value: String(minutes),
                text: sayBefore(minutes),
              }))}
              columns
            />
          </div>
          <SendOrLeave text={chambers.save} busy={busy} pending={chambers.saving} onLeave={props.onClose} />
        </>
      )}
    </Form>
  );
}

const readPolicy = (form: FormData): ChamberPolicy => ({
  cancelNoticeMinutes: numberIn(form, 'cancelNoticeMinutes'),
  rescheduleNoticeMinutes: numberIn(form, 'rescheduleNoticeMinutes'),
  mostReschedules: numberIn(form, 'mostReschedules'),
  mostPerDoctor: numberIn(form, 'mostPerDoctor'),
  mostInAll: numberIn(form, 'mostInAll'),
  noShowLimit: optionalNumberIn(form, 'noShowLimit'),
  noShowDays: numberIn(form, 'noShowDays'),
  depositPercent: numberIn(form, 'depositPercent'),
  depositMinutes: numberIn(form, 'depositMinutes'),
  refundPercent: numberIn(form, 'refundPercent'),
  lateRefundPercent: numberIn(form, 'lateRefundPercent'),
  reminderMinutes: allIn(form, 'reminderMinutes').map(Number),
});

const usualReminders = [4320, 2880, 1440, 720, 360, 120, 60];

/** The usual ones and whatever is set already, the earliest first. */
const reminderChoices = ({ reminderMinutes }: ChamberPolicy): number[] =>
  [...new Set([...usualReminders, ...reminderMinutes])].toSorted((a, b) => b - a);
