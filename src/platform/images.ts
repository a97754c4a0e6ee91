import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { Problem } from './problems.ts';
import { workQueue } from './work-queue.ts';

export const photoType = 'image/webp';

// Every other decoder of libvips is switched off, whatever a file's bytes may claim later.
sharp.block({ operation: ['VipsForeignLoad'] });
sharp.unblock({ operation: ['VipsForeignLoadJpegBuffer', 'VipsForeignLoadPngBuffer'] });

const largestSide = 512;
// A camera's 40 megapixels decode to 160 MB, hence also the few at once.
const limitInputPixels = 40_000_000;
const decoding = workQueue({ atOnce: 2, waiting: 20 });

/**
 * Makes an upload a square WebP of at most 512 pixels a side, upright and without its metadata.
 * Refuses with `unsupported_image` what is not a whole JPEG or PNG by its bytes, or is past 40 megapixels.
 */
export async function reencodePhoto(upload: Buffer): Promise<Buffer> {
  const type = await fileTypeFromBuffer(upload);
  if (type?.mime !== 'image/jpeg' && type?.mime !== 'image/png') throw new Problem('unsupported_image');
  return decoding(async () => {
    try {
      const { width, height } = await sharp(upload, { limitInputPixels }).metadata();
      const side = Math.min(width, height, largestSide);
      return await sharp(upload, { limitInputPixels, failOn: 'warning' })
        .autoOrient()
        .resize(side, side, { fit: 'cover' })
        .webp({ quality: 80 })
        .timeout({ seconds: 8 })
        .toBuffer();
    } catch {
      // The decoder's reasons are about bytes nobody can mend; to the person they all mean: choose another file.
      throw new Problem(
        'unsupported_image',
        'The photo is damaged or too large to open. Choose another one.',
      );
    }
  });
}
