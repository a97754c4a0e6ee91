import type { FastifyRequest } from 'fastify';
import type pg from 'pg';
import { checkImport, mostImportBytes } from '../../contract/imports.ts';
import { keepFile, type KeptFile } from '../../platform/kept-files.ts';
import { invalidInput, Problem } from '../../platform/problems.ts';

/** Keeps the upload of a request, piece by piece as it comes. Refuses what is no upload, and too large a one. */
export async function readUpload(
  pool: pg.Pool,
  request: FastifyRequest,
  { by, now }: { by: { userId: number }; now: Temporal.Instant },
): Promise<KeptFile> {
  if (!request.isMultipart()) throw new Problem('unsupported_media_type');
  const upload = await request.file().catch((error: unknown) => {
    // The parser's own refusals have a status; its complaints about broken multipart have none, and mean the sender.
    throw error instanceof Error && 'statusCode' in error ? error : new Problem('malformed_request');
  });
  if (!upload) throw invalidInput({ path: checkImport.file, message: 'Choose a file' });
  const { file, filename, fieldname, mimetype } = upload;
  if (fieldname !== checkImport.file)
    throw invalidInput({ path: checkImport.file, message: `Send the file as ${checkImport.file}` });
  const kept = await keepFile(
    pool,
    { name: plainName(filename), type: mimetype.slice(0, 100) },
    file,
    // The parser cuts an upload off at its limit, and says so at its end.
    { by, now, mostBytes: mostImportBytes - 1 },
  ).catch((error: unknown) => {
    if (error instanceof Problem && error.code === 'payload_too_large') throw tooLarge();
    throw error;
  });
  return kept;
}

const tooLarge = (): Problem =>
  new Problem('payload_too_large', `The file may be at most ${mostImportBytes / 1024 / 1024} MB.`);

const plainName = (name: string): string =>
  name
    .replace(/\p{Control}/gu, '')
    .trim()
    .slice(-200) || 'file';
