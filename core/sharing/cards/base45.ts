/** The characters that a QR code has a short form for (ISO/IEC 18004, 7.4.4). */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Bytes as text of 45 characters (RFC 9285): three of them for two bytes, which a QR code keeps in 16.5 bits. */
export function toBase45(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    const [high, low] = [bytes[at] ?? 0, bytes[at + 1]];
    const value = low === undefined ? high : high * 256 + low;
    const count = low === undefined ? 2 : 3;
    for (let digit = 0, rest = value; digit < count; digit += 1, rest = Math.floor(rest / 45))
      text += digits[rest % 45];
  }
  return text;
}

/** Null for what is none. */
export function fromBase45(text: string): Uint8Array | null {
  if (text.length % 3 === 1) return null;
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at += 3) {
    const values = [...text.slice(at, at + 3)].map((digit) => digits.indexOf(digit));
    if (values.includes(-1)) return null;
    const value = values.reduceRight((sum, digit) => sum * 45 + digit, 0);
    const isPair = values.length === 3;
    if (value > (isPair ? 0xffff : 0xff)) return null;
    if (isPair) bytes.push(value >> 8);
    bytes.push(value & 0xff);
  }
  return Uint8Array.from(bytes);
}
