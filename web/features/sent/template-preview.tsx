import { useEffect, useState } from 'react';
import { previewTemplate, type Template } from '../../../src/contract/messages.ts';
import type { RouteAnswer } from '../../../src/contract/route.ts';
import { digits } from '../../lib/digits.ts';
import { formatMoney } from '../../lib/money.ts';
import { refusalOf } from '../../lib/refusal.ts';
import { useStaff } from '../../lib/staff/context.tsx';
import { Notice } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Skeleton } from '../../ui/states.tsx';
import { explainFields, explainRead } from '../staff/explain.ts';

type Props = {
  which: Pick<Template, 'kind' | 'channel' | 'language'>;
  wording: { title: string | null; text: string };
};
type Filled = RouteAnswer<typeof previewTemplate>;

/** What a reader would get. Of an SMS also how it travels and what it costs. */
export function TemplatePreview(props: Props) {
  const { words, language } = useStaff();
  const { templates } = words.sent;
  const { filled, error } = useFilled(props);
  const { channel } = props.which;
  return (
    <Panel title={templates.preview} id="preview">
      <p className="mb-3 text-note text-quiet">{templates.previewText}</p>
      <div aria-live="polite">
        {error ? (
          <div className="mb-3">
            <Notice tone={refusalOf(error)?.code === 'not_found' ? 'info' : 'error'}>
              <Why error={error} />
            </Notice>
          </div>
        ) : null}
        {filled === null ? (
          error ? null : (
            <Skeleton rows={4} rowHeight="line" />
          )
        ) : (
          <div className={error ? 'opacity-60' : ''} lang={props.which.language}>
            {filled.title ? <p className="mb-2 font-semibold break-words">{filled.title}</p> : null}
            <p
              className={`break-words whitespace-pre-line ${channel === 'sms' ? 'max-w-80 rounded-input bg-tint px-4 py-3' : ''}`}
            >
              {filled.text}
            </p>
          </div>
        )}
      </div>
      {filled?.sms ? <Size sms={filled.sms} language={language} /> : null}
    </Panel>
  );
}

function Size({ sms, language }: { sms: NonNullable<Filled['sms']>; language: 'bn' | 'en' }) {
  const { templates } = useStaff().words.sent;
  const [alone, together] = sms.encoding === 'ucs2' ? [70, 67] : [160, 153];
  const most = sms.parts === 1 ? alone : sms.parts * together;
  return (
    <div className="mt-4 border-t border-hairline pt-3">
      <p className={`font-semibold ${sms.parts > 1 ? 'text-waiting' : ''}`}>
        {templates.sms.parts(digits(language, sms.parts))}
      </p>
      <p>{templates.sms.size(digits(language, sms.length), digits(language, most))}</p>
      <p>{templates.sms.cost(formatMoney(language, sms.cost))}</p>
      <p className="mt-1 text-note text-quiet">{templates.sms[sms.encoding]}</p>
    </div>
  );
}

/** In the words of the fields it is about, or as of anything that cannot be read. */
function Why({ error }: { error: unknown }) {
  const { words, language } = useStaff();
  const { templates } = words.sent;
  if (refusalOf(error)?.code === 'not_found') return templates.unsent;
  const fields = Object.values(explainFields(words, error, { language, texts: templates.errors }));
  return (
    <>
      <p className="font-semibold">{templates.cannot}</p>
      {fields.length === 0 ? (
        <p>{explainRead(words, error).text}</p>
      ) : (
        [...new Set(fields)].map((text) => <p key={text}>{text}</p>)
      )}
    </>
  );
}

const pauseMs = 400;

/** The wording filled in, once nobody has typed for a moment; the last one stays while the next is asked for. */
function useFilled({ which, wording }: Props): { filled: Filled | null; error: unknown } {
  const { call } = useStaff();
  const [state, setState] = useState<{ filled: Filled | null; error: unknown }>({
    filled: null,
    error: null,
  });
  const asked = JSON.stringify({ ...which, ...wording });
  useEffect(() => {
    let over = false;
    const timer = setTimeout(() => {
      call(previewTemplate, { body: JSON.parse(asked) }).then(
        (filled) => (over ? undefined : setState({ filled, error: null })),
        (error: unknown) => (over ? undefined : setState((last) => ({ ...last, error }))),
      );
    }, pauseMs);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [asked, call]);
  return state;
}
