import { wallDate, wallTime, formatTime } from '../../lib/times.ts';
import { digits } from '../../lib/digits.ts';
import { link, type Visit, withQuery } from '../../lib/visit.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notices.tsx';
import { type Choice, choiceQuery } from './find-choice.ts';
import { type KeptHold, secondsLeft } from './kept-hold.ts';

/** Id of the form that books: what the hold's fields belong to. */
export const confirmFormId = 'confirm';

/**
 * Where the script keeps the place and says for how long. Without script the words stay, and are true. What is to be
 * heard has a place of its own, that is there before it speaks.
 */
export function HoldBox(props: { visit: Visit; choice: Choice; holdKey: string }) {
  const { visit, choice, holdKey } = props;
  const { slug } = choice.doctor;
  const address = withQuery(link(visit, `/book/${slug}/hold`), choiceQuery(choice));
  return (
    <div data-hold={address} data-hold-key={holdKey} className="mb-6">
      <output data-says data-no-answer={visit.m.hold.noAnswer} className="sr-only" />
      <div data-shows className="grid min-h-18 content-start">
        {choice.held ? (
          <HoldPanel visit={visit} slug={slug} held={choice.held} />
        ) : (
          <NotKept text={visit.m.hold.notKept} />
        )}
      </div>
    </div>
  );
}

/** The place is kept: until when, and what is said when that is nearly over, and over. */
export function HoldPanel(props: {
  visit: Visit;
  slug: string;
  held: KeptHold;
  /** It cannot be kept any longer: said instead of the button that would. */
  last?: string;
}) {
  const { visit, slug, held, last } = props;
  const { m, language } = visit;
  const seconds = secondsLeft(visit, held);
  const clock = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  const said = held.serial === null ? m.hold.kept : m.hold.keptSerial(digits(language, held.serial));
  const until = m.hold.until(formatTime(language, wallTime(held.expiresAt)));
  return (
    <div data-held={seconds} data-say={last ?? `${said} ${until}`} tabIndex={-1}>
      <input type="hidden" form={confirmFormId} name="holdId" value={held.id} />
      <input type="hidden" form={confirmFormId} name="holdToken" value={held.token} />
      <div
        data-tone={last ? 'soon' : 'kept'}
        className="border-l-4 px-3 py-2 data-[tone=kept]:border-green data-[tone=kept]:bg-tint data-[tone=soon]:border-waiting data-[tone=soon]:bg-waiting-tint"
      >
        <p className="font-semibold">{said}</p>
        <p className="flex flex-wrap gap-x-1">
          <span className="whitespace-nowrap">{until}</span>
          {/* Its figures change every second: nothing to be read out. */}
          <span aria-hidden="true" className="whitespace-nowrap text-quiet tabular-nums">
            ({m.hold.leftBefore}
            <span data-clock>{digits(language, clock)}</span> {m.hold.leftAfter})
          </span>
        </p>
        <div data-soon={m.hold.soon} hidden={!last} className="pt-1 pb-1">
          {last ? (
            <p className="font-semibold">{last}</p>
          ) : (
            <>
              <p className="mb-2 font-semibold">{m.hold.soon}</p>
              <KeepOn visit={visit} />
            </>
          )}
        </div>
      </div>
      <template data-ended>
        <div role="alert" tabIndex={-1} className="border-l-4 border-error bg-error-tint px-3 py-2">
          <p className="font-semibold">{m.hold.endedHeading}</p>
          <p>{m.hold.endedText}</p>
          <p className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
            {last ? null : <KeepOn visit={visit} />}
            <a
              href={withQuery(link(visit, `/d/${slug}`), {
                date: wallDate(held.startsAt),
                chamber: String(held.chamberId),
              })}
              className="link inline-flex min-h-12 items-center"
            >
              {m.hold.times}
            </a>
          </p>
        </div>
      </template>
    </div>
  );
}

const KeepOn = ({ visit }: { visit: Visit }) => (
  <span data-keep-on>
    <Button type="button" look="secondary">
      {visit.m.hold.keep}
    </Button>
  </span>
);

export const NotKept = ({ text }: { text: string }) => (
  <div tabIndex={-1} data-say={text}>
    <Notice tone="off">{text}</Notice>
  </div>
);
