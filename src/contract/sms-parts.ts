// The alphabet of GSM 03.38, one septet a character; those of the extension take two.
const basic = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const extension = new Set('\f^{}\\[~]|€');

export type SmsSize = {
  /** GSM-7 as long as every character is in its alphabet; one Bangla letter makes it UCS-2. */
  encoding: 'gsm7' | 'ucs2';
  /** In what the encoding counts by: septets, or units of 16 bits. */
  length: number;
  /** Messages it is sent and paid as: up to 160 or 70 in one, 153 or 67 in each of several. */
  parts: number;
};

/** How an SMS travels. */
export function measureSms(text: string): SmsSize {
  let septets = 0;
  for (const character of text) {
    if (basic.has(character)) septets += 1;
    else if (extension.has(character)) septets += 2;
    else return { encoding: 'ucs2', length: text.length, parts: partsOf(text.length, 70, 67) };
  }
  return { encoding: 'gsm7', length: septets, parts: partsOf(septets, 160, 153) };
}

const partsOf = (length: number, alone: number, together: number): number =>
  length <= alone ? 1 : Math.ceil(length / together);
