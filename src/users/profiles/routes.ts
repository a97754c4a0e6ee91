import multipart from '@fastify/multipart';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { getMe, patchMe, putPhoto } from '../../contract/me.ts';
import { serve } from '../../platform/http.ts';
import { photoType } from '../../platform/images.ts';
import { readPhoto } from '../../platform/photo-files.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';
import { presentUser } from '../present.ts';
import { getUser } from '../queries.ts';
import { changeProfile } from './change-profile.ts';
import { refuseForeignFields } from './policy.ts';
import { setPhoto } from './set-photo.ts';

const largestUpload = 5 * 1024 * 1024;

export async function profileRoutes(app: FastifyInstance): Promise<void> {
  const { deps } = app;
  const { db } = deps;
  await app.register(multipart, {
    throwFileSizeLimit: false,
    limits: { fileSize: largestUpload, files: 1, fields: 5, fieldSize: 1024, parts: 6, headerPairs: 20 },
  });

  serve(app, getMe, async ({ actor }) => ({ user: presentUser(await getUser(db, actor.userId)) }));

  serve(app, patchMe, async ({ actor, body }) => {
    refuseForeignFields(actor.userType, body);
    return db.transaction().execute(async (tx) => {
      await changeProfile(tx, body, actor);
      return { user: presentUser(await getUser(tx, actor.userId)) };
    });
  });

  serve(app, putPhoto, async ({ actor, raw }) => {
    await setPhoto(deps, await readUpload(raw, putPhoto.file), actor);
    return { user: presentUser(await getUser(db, actor.userId)) };
  });

  app.get<{ Params: { name: string } }>('/photos/:name', async (request, reply) => {
    const photo = await readPhoto(deps.config.dataDir, request.params.name);
    if (!photo) throw new Problem('not_found');
    return reply
      .type(photoType)
      .headers({
        // A new photo has a new name.
        'cache-control': 'public, max-age=31536000, immutable',
        'content-disposition': 'inline; filename="photo.webp"',
        'content-security-policy': "default-src 'none'; sandbox",
        'cross-origin-resource-policy': 'cross-origin',
        'x-content-type-options': 'nosniff',
      })
      .send(photo);
  });
}

async function readUpload(request: FastifyRequest, field: string): Promise<Buffer> {
  if (!request.isMultipart()) throw new Problem('unsupported_media_type');
  const file = await parsing(request.file());
  if (!file) throw invalidInput({ path: field, message: 'Choose a photo' });
  const bytes = await parsing(file.toBuffer());
  if (file.file.truncated) throw new Problem('payload_too_large', 'The photo may be at most 5 MB.');
  if (file.fieldname !== field) throw invalidInput({ path: field, message: `Send the photo as ${field}` });
  return bytes;
}

/** The parser's own refusals have a status; its complaints about broken multipart have none, and mean the sender. */
async function parsing<Part>(part: Promise<Part>): Promise<Part> {
  try {
    return await part;
  } catch (error) {
    if (error instanceof Error && 'statusCode' in error) throw error;
    throw new Problem('malformed_request');
  }
}
