import { Copy, Plus } from 'lucide-react';
import { weekdayName } from '../../lib/dates.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { useWeek } from '../../ui/kit.tsx';
import { Band, BandElsewhere, BandRemoved } from './band.tsx';
import type { ShownWeek } from './use-shown-week.ts';
import type { WeekActions } from './week-actions.ts';

/** The week on a phone: day under day. */
export function WeekDays({ shown, actions }: { shown: ShownWeek; actions: WeekActions | null }) {
  const week = useWeek();
  return (
    <div className="lg:hidden">
      {week.map((weekday) => (
        <Day key={weekday} weekday={weekday} shown={shown} actions={actions} />
      ))}
    </div>
  );
}

function Day(props: { weekday: number; shown: ShownWeek; actions: WeekActions | null }) {
  const { words, language } = useStaff();
  const { hours: texts } = words;
  const { weekday, shown, actions } = props;
  const name = weekdayName(language, weekday);
  const own = shown.week.hours.filter((hours) => hours.weekday === weekday);
  const others = shown.elsewhere.filter((hours) => hours.weekday === weekday);
  const gone = shown.removed.filter((hours) => hours.weekday === weekday);
  return (
    <section
      className={`border-t border-hairline py-2 first:border-t-2 first:border-t-green ${weekday === 5 ? '-mx-4 bg-off px-4' : ''}`}
    >
      <div className="flex flex-wrap items-center justify-between gap-x-3">
        <h3>{name}</h3>
        {actions ? (
          <div className="flex gap-2">
            {own.length > 0 ? (
              <SmallButton
                label={texts.copyOf(name)}
                text={texts.copy}
                icon={Copy}
                onPress={() => actions.copy(weekday)}
              />
            ) : null}
            <SmallButton
              label={texts.addOn(name)}
              text={texts.addShort}
              icon={Plus}
              onPress={() => actions.add(weekday)}
            />
          </div>
        ) : null}
      </div>
      {own.length + others.length + gone.length > 0 ? (
        <ul className="grid grid-cols-1 gap-2 pb-1">
          {own.map((hours) => (
            <li key={hours.key}>
              <Band hours={hours} shown={shown} actions={actions} />
            </li>
          ))}
          {actions
            ? gone.map((hours) => (
                <li key={hours.key}>
                  <BandRemoved hours={hours} shown={shown} actions={actions} />
                </li>
              ))
            : null}
          {others.map((hours) => (
            <li key={hours.id}>
              <BandElsewhere hours={hours} shown={shown} />
            </li>
          ))}
        </ul>
      ) : (
        <p className="text-note text-quiet">{texts.closed}</p>
      )}
    </section>
  );
}

function SmallButton(props: { label: string; text: string; icon: typeof Plus; onPress: () => void }) {
  const Icon = props.icon;
  return (
    <button
      type="button"
      aria-label={props.label}
      aria-haspopup="dialog"
      onClick={props.onPress}
      className="inline-flex min-h-12 items-center gap-1 rounded-input px-3 font-semibold text-green hover:bg-tint"
    >
      <Icon aria-hidden="true" className="size-5" />
      {props.text}
    </button>
  );
}
