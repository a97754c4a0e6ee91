import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { asyncApiDocument } from '../contract/asyncapi.ts';
import { openApiDocument } from '../contract/openapi.ts';
import { apiPrefix } from '../contract/route.ts';
import { routesByService, streams } from '../contract/routes.ts';

/** OpenAPI 3.1 of all services, AsyncAPI 3 of events and streams, and Swagger UI at the address the seed gave it. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const document = openApiDocument(Object.values(routesByService).flat(), streams);
  app.get(`${apiPrefix}/openapi.json`, async () => document);
  const events = asyncApiDocument(streams);
  app.get(`${apiPrefix}/asyncapi.json`, async () => events);
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, {
    routePrefix: '/user-auth/api/v1/api-docs',
    staticCSP: true,
    uiConfig: { persistAuthorization: true, displayRequestDuration: true },
  });
}
