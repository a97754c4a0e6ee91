import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';

const project = path.join(import.meta.dirname, '..', '..');

/** The file as a tree, its anchors and merges resolved, `${…}` not yet. */
export const readCompose = (): unknown =>
  parse(readFileSync(path.join(project, 'compose.yaml'), 'utf8'), { merge: true });

const service = z.object({
  image: z.string(),
  build: z.string().optional(),
  command: z.array(z.union([z.string(), z.number()])).optional(),
  user: z.string().optional(),
  environment: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  secrets: z.array(z.union([z.string(), z.object({ source: z.string(), target: z.string() })])).default([]),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  profiles: z.array(z.string()).default([]),
  restart: z.string(),
  read_only: z.boolean().default(false),
  cap_drop: z.array(z.string()).default([]),
  cap_add: z.array(z.string()).default([]),
  security_opt: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  stop_grace_period: z.string().optional(),
  deploy: z.object({
    resources: z.object({ limits: z.object({ cpus: z.string(), memory: z.string(), pids: z.number() }) }),
  }),
});

export type Service = z.infer<typeof service>;

const compose = z.object({
  services: z.record(z.string(), service),
  secrets: z.record(z.string(), z.object({ file: z.string() })),
  volumes: z.record(z.string(), z.unknown()),
  networks: z.record(
    z.string(),
    z.object({
      internal: z.boolean().optional(),
      ipam: z.object({ config: z.array(z.object({ subnet: z.string() })) }).optional(),
    }),
  ),
});

export const parseCompose = (): z.infer<typeof compose> => compose.parse(readCompose());

/** The environment of a service; `given` stands for .env. */
export function environmentOf({ environment }: Service, given: Record<string, string> = {}) {
  return Object.fromEntries(
    Object.entries(environment).map(([name, value]) => [
      name,
      String(value).replaceAll(/\$\{([A-Z_]+)(?::-([^}]*))?\}/g, (_, variable: string, or = '') =>
        String(given[variable] || or),
      ),
    ]),
  );
}
