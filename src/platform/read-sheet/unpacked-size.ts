/**
 * What the entries of a ZIP say they unpack to, in bytes; null where its directory cannot be read, or an entry does not
 * say. The reader unpacks no more of an entry than it says, so a small file cannot become a large one.
 */
export function unpackedSize(file: Buffer): number | null {
  const end = file.lastIndexOf(endMark);
  if (end < 0 || end + 22 > file.length) return null;
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  let sum = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== entryMark) return null;
    const packed = file.readUInt32LE(at + 20);
    const unpacked = file.readUInt32LE(at + 24);
    // Deflated nothing is two bytes.
    if (unpacked === 0 && packed > 2) return null;
    sum += unpacked;
    at += 46 + file.readUInt16LE(at + 28) + file.readUInt16LE(at + 30) + file.readUInt16LE(at + 32);
  }
  return sum;
}

const endMark = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const entryMark = 0x02014b50;
