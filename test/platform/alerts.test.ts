import { readFileSync } from 'node:fs';
import { parser } from '@prometheus-io/lezer-promql';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { routesByService } from '../../src/contract/routes.ts';
import { apiPrefix } from '../../src/contract/route.ts';
import { startApp, type TestApp } from '../harness/app.ts';

const read = (name: string) =>
  readFileSync(new URL(`../../docs/operations/${name}`, import.meta.url), 'utf8');

const rules = z
  .strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        rules: z.array(
          z.strictObject({
            alert: z.string(),
            expr: z.string(),
            for: z.string().regex(/^\d+[smhd]$/),
            labels: z.strictObject({ severity: z.enum(['page', 'ticket']) }),
            annotations: z.strictObject({ summary: z.string(), runbook: z.string() }),
          }),
        ),
      }),
    ),
  })
  .parse(parse(read('alerts.yaml')))
  .groups.flatMap((group) => group.rules);

let t: TestApp;
let metrics: string;
beforeAll(async () => {
  const token = 'a-token-for-prometheus';
  t = await startApp({ METRICS_TOKEN: token });
  const { method, route } = { method: 'POST', route: `${apiPrefix}/appointments` };
  t.deps.metrics.answers.inc({ method, route, status: 201 });
  t.deps.metrics.requests.observe({ method, route }, 0.1);
  t.deps.metrics.jobs.observe({ task: 'relay-event', outcome: 'failed' }, 0.1);
  t.deps.metrics.lateness.observe({ kind: 'reminder', channel: 'sms' }, 1);
  metrics = (await t.inject({ url: '/metrics', headers: { authorization: `Bearer ${token}` } })).body;
});
afterAll(() => t.close());

/** What an expression asks Prometheus for: `{ metric: [[label, value], …] }`. */
function selectorsOf(expression: string): { metric: string; matchers: [string, string][] }[] {
  const found: { metric: string; matchers: [string, string][] }[] = [];
  parser.parse(expression).iterate({
    enter({ name, type, from, to, node }) {
      if (type.isError) throw new Error(`not PromQL at ${from}: ${expression}`);
      if (name !== 'VectorSelector') return;
      const metric = node.getChild('Identifier');
      const text = expression.slice(from, to);
      found.push({
        metric: metric ? expression.slice(metric.from, metric.to) : '',
        matchers: [...text.matchAll(/(\w+)(?:=~|!=|!~|=)"([^"]*)"/g)].map(([, label = '', value = '']) => [
          label,
          value,
        ]),
      });
    },
  });
  return found;
}

test('each alert asks for metrics, labels and buckets that are there', () => {
  expect(rules.length).toBeGreaterThan(12);
  const lines = metrics.split('\n');
  const routes = new Set(
    Object.values(routesByService)
      .flat()
      .map(({ method, path }) => `${method} ${apiPrefix}${path}`),
  );
  for (const { alert, expr } of rules) {
    const selectors = selectorsOf(expr);
    expect([alert, selectors.length > 0]).toEqual([alert, true]);
    for (const { metric, matchers } of selectors) {
      // Prometheus' own.
      if (metric === 'up') continue;
      const series = lines.filter((line) => line.startsWith(`${metric}{`) || line.startsWith(`${metric} `));
      expect([alert, metric, series.length > 0]).toEqual([alert, metric, true]);
      for (const [label] of matchers)
        expect([alert, label, series[0]]).toEqual([alert, label, expect.stringContaining(`${label}="`)]);
      const value = Object.fromEntries(matchers);
      if (value['le']) expect(series.join('\n')).toContain(`le="${value['le']}"`);
      if (value['route']) expect([...routes]).toContain(`${value['method']} ${value['route']}`);
    }
  }
});

test('a metric or a label that is misspelt would be seen', () => {
  expect(() => selectorsOf('sum(rate(x[5m])')).toThrow(/not PromQL/);
  expect(selectorsOf('max(a_b{c="d",e=~"f.."}) > 1')).toEqual([
    {
      metric: 'a_b',
      matchers: [
        ['c', 'd'],
        ['e', 'f..'],
      ],
    },
  ]);
});

test('each alert has its section in the runbook, and each section its alert', () => {
  const runbook = read('runbook.md');
  const sections = [...runbook.matchAll(/^## (\w+)$/gm)].map(([, name = '']) => name);
  expect(sections.toSorted()).toEqual(rules.map(({ alert }) => alert).toSorted());
  for (const { alert, annotations } of rules)
    expect(annotations.runbook).toBe(`docs/operations/runbook.md#${alert.toLowerCase()}`);
});

test('an alert exists for each thing that is promised to be watched', () => {
  const asked = new Set(
    rules.flatMap(({ expr }) =>
      selectorsOf(expr).map(({ metric }) => metric.replace(/_(bucket|count)$/, '')),
    ),
  );
  const own = [...metrics.matchAll(/^# TYPE (shomoy_\w+)/gm)].map(([, name = '']) => name);
  // What only explains others.
  const unasked = ['shomoy_streams', 'shomoy_events_relayed_total', 'shomoy_events_delivered_total'];
  expect(own.filter((name) => !asked.has(name)).toSorted()).toEqual(unasked.toSorted());
});
