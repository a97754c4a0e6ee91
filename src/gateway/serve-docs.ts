import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { openApiDocument } from '../contract/openapi.ts';
import { apiPrefix } from '../contract/route.ts';
import { routesByService } from '../contract/routes.ts';

/** OpenAPI 3.1 of all services, and Swagger UI at the address the seed gave it. */
export async function serveDocs(app: FastifyInstance): Promise<void> {
  const document = openApiDocument(Object.values(routesByService).flat());
  app.get(`${apiPrefix}/openapi.json`, async () => document);
  await app.register(swagger, { mode: 'static', specification: { document: document as never } });
  await app.register(swaggerUi, {
    routePrefix: '/user-auth/api/v1/api-docs',
    staticCSP: true,
    uiConfig: { persistAuthorization: true, displayRequestDuration: true },
  });
}
