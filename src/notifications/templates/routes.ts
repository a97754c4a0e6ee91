import type { FastifyInstance } from 'fastify';
import {
  endTemplate as endRoute,
  isCode,
  listTemplates,
  previewTemplate,
  putTemplate,
} from '../../contract/messages.ts';
import type { RouteRequest } from '../../contract/route.ts';
import { measureSms } from '../../contract/sms-parts.ts';
import type { Language } from '../../contract/wording.ts';
import { serve } from '../../platform/http.ts';
import { Problem } from '../../platform/problems.ts';
import { readSettings } from '../../platform/settings.ts';
import { costOf } from '../planning/policy.ts';
import { asHtml } from '../wording/policy.ts';
import { sayAmount, type Links } from '../wording/present.ts';
import {
  allTemplates,
  findChangedWordings,
  findLatestVisit,
  findReportFacts,
  findVisitFacts,
} from '../wording/queries.ts';
import {
  fillBoth,
  senderOf,
  valuesOf,
  valuesOfInvitation,
  valuesOfReport,
} from '../wording/write-message.ts';
import { changeTemplate, endTemplate } from './change-template.ts';
import { presentTemplate } from './present.ts';

export function templateRoutes(app: FastifyInstance, links: Links): void {
  const { pool, db, config } = app.deps;

  serve(app, listTemplates, async ({ query }) => {
    const changed = await findChangedWordings(pool);
    const items = allTemplates
      .filter(
        ({ kind, language }) => (query.kind ?? kind) === kind && (query.language ?? language) === language,
      )
      .map((which) => presentTemplate(which, changed));
    return { items };
  });

  serve(app, putTemplate, async ({ params, body, actor, now }) => {
    await changeTemplate(db, { which: params, wording: body }, actor, now);
    return { template: presentTemplate(params, await findChangedWordings(pool)) };
  });

  serve(app, endRoute, async ({ params }) => {
    await endTemplate(db, params);
    return { template: presentTemplate(params, []) };
  });

  serve(app, previewTemplate, async ({ body }) => {
    const { kind, channel } = body;
    const sender = senderOf({ config }, await readSettings(pool), body.language);
    const values = isCode(kind)
      ? { sender, code: '482913', minutes: '10' }
      : kind === 'monthly_report'
        ? await valuesOfLatestReport(body, sender)
        : kind === 'invitation'
          ? valuesOfInvitation({ config, sender }, { name: likelyName[body.language] }, body)
          : await valuesOfVisit(body, sender);
    const { title, text } = fillBoth(body, values);
    if (channel !== 'sms') return { title, text, html: channel === 'email' ? asHtml(text) : null, sms: null };
    const size = measureSms(text);
    const cost = { amount: costOf(size.parts, config.smsCost), currency: 'BDT' };
    return { title, text, html: null, sms: { ...size, cost } };
  });

  async function valuesOfLatestReport(body: { language: Language }, sender: string) {
    const facts = await findReportFacts(pool, null);
    if (!facts) throw new Problem('not_found', 'There is no report to take the data from.');
    return valuesOfReport({ config, sender }, facts, body);
  }

  /** Delays, offers and deposits have no figures yet: likely ones stand in for them, and the place now for the one before. */
  async function valuesOfVisit(body: RouteRequest<typeof previewTemplate>['body'], sender: string) {
    const { appointmentId } = body;
    const facts =
      appointmentId === undefined
        ? await findLatestVisit(pool)
        : await findVisitFacts(pool, { appointmentId });
    if (!facts) throw new Problem('not_found', 'There is no appointment to take the data from.');
    const values = valuesOf({ config, links, sender }, facts, { ...body, minutes: 40 });
    return {
      ...values,
      oldWhen: values['oldWhen'] || values['when'] || '',
      until: values['until'] || values['when'] || '',
      amount: values['amount'] || sayAmount({ amount: '200.00', currency: 'BDT' }, body),
    };
  }
}

const likelyName = { bn: 'জাহানারা বেগম', en: 'Jahanara Begum' } as const;
