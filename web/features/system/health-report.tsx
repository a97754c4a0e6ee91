import type { Part, Standing, WholeHealth } from '../../../src/contract/health.ts';
import type { SystemWords } from '../../lib/messages/staff/system.en.ts';
import { Notice } from '../../ui/notices.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag, type Tone } from '../../ui/tag.tsx';
import { useSystemWords } from './system-words.ts';

const tones = {
  ok: 'done',
  degraded: 'waiting',
  behind: 'waiting',
  unavailable: 'error',
} as const satisfies Record<Standing | Part, Tone>;

type HealthWords = SystemWords['health'];

const noticeTones = { ok: 'done', degraded: 'waiting', unavailable: 'error' } as const;

/** The whole in a sentence with what each failure means and what to do; then every service with its parts. */
export function HealthReport({ health }: { health: WholeHealth }) {
  const { health: texts } = useSystemWords();
  const { whole } = texts;
  const advice = adviceOn(health, texts);
  return (
    <>
      <div className="mb-6 max-w-160" aria-live="polite">
        <Notice tone={noticeTones[health.status]}>
          <p className="font-semibold">{whole[health.status]}</p>
          {advice.length > 0 ? (
            <ul className="mt-2 grid grid-cols-1 gap-2">
              {advice.map(({ name, text }) => (
                <li key={name}>
                  <strong>{name}:</strong> {text}
                </li>
              ))}
            </ul>
          ) : null}
        </Notice>
      </div>
      <div className="grid grid-cols-1 gap-x-6 lg:grid-cols-2">
        {Object.entries(health.services).map(([name, standing]) => (
          <Service key={name} name={name} standing={standing} parts={health.parts[name] ?? null} />
        ))}
      </div>
    </>
  );
}

/** Each failure once, although every service that shares a database says the same of it. */
function adviceOn(health: WholeHealth, words: HealthWords): { name: string; text: string }[] {
  const said = (texts: Readonly<Record<string, string>>, name: string) => texts[name];
  const silent = Object.entries(health.services)
    .filter(([name, standing]) => standing === 'unavailable' && !health.parts[name])
    .map(([name]) => ({
      name: said(words.services, name) ?? name,
      text: said(words.away, name) ?? words.unknownPart,
    }));
  const broken = Object.values(health.parts).flatMap((parts) =>
    Object.entries(parts).flatMap(([name, state]) => (state === 'ok' ? [] : [name])),
  );
  return [
    ...silent,
    ...[...new Set(broken)].map((name) => ({
      name: said(words.parts, name) ?? name,
      text: said(words.wrong, name) ?? words.unknownPart,
    })),
  ];
}

function Service(props: { name: string; standing: Standing; parts: WholeHealth['checks'] | null }) {
  const { name, standing, parts } = props;
  const { health } = useSystemWords();
  const names: Readonly<Record<string, string>> = health.services;
  return (
    <Panel
      id={`service-${name}`}
      title={names[name] ?? name}
      actions={<Tag tone={tones[standing]}>{health.states[standing]}</Tag>}
    >
      {parts ? (
        <ul>
          {Object.entries(parts).map(([part, state]) => (
            <PartRow key={part} name={part} state={state} />
          ))}
        </ul>
      ) : (
        <p className="text-quiet">{health.silent}</p>
      )}
    </Panel>
  );
}

function PartRow({ name, state }: { name: string; state: Part }) {
  const { health } = useSystemWords();
  const names: Readonly<Record<string, string>> = health.parts;
  return (
    <li className="flex flex-wrap items-center justify-between gap-3 border-t border-hairline py-2">
      {names[name] ?? name}
      <Tag tone={tones[state]}>{health.states[state]}</Tag>
    </li>
  );
}
