import { sha256Short } from './sha256.ts';

const base58 = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const bech32 = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';

/** Whether that is an address of 25 bytes in Base58Check, as Bitcoin, Litecoin, Dogecoin and Tron have them. */
export function isBase58Address(address: string): boolean {
  const bytes = Array.from<number>({ length: 25 }).fill(0);
  for (const character of address) {
    let carry = base58.indexOf(character);
    if (carry < 0) return false;
    for (let at = 24; at >= 0; at -= 1) {
      carry += (bytes[at] ?? 0) * 58;
      bytes[at] = carry & 255;
      carry >>= 8;
    }
    if (carry > 0) return false;
  }
  const check = sha256Short(sha256Short(bytes.slice(0, 21))).slice(0, 4);
  return bytes.slice(0, 21).some((byte) => byte !== 0) && check.every((byte, at) => byte === bytes[21 + at]);
}

/** Whether the check characters of Bech32 or Bech32m (BIP 173, 350) are right. */
export function isBech32Address(address: string): boolean {
  const lower = address.toLowerCase();
  if (address !== lower && address !== address.toUpperCase()) return false;
  const at = lower.lastIndexOf('1');
  const prefix = [...lower.slice(0, at)].map((character) => character.charCodeAt(0));
  const data = [...lower.slice(at + 1)].map((character) => bech32.indexOf(character));
  if (at < 1 || data.length < 6 || data.includes(-1)) return false;
  const spread = [...prefix.map((code) => code >> 5), 0, ...prefix.map((code) => code & 31), ...data];
  const sum = remainder(spread);
  return sum === 1 || sum === 0x2bc830a3;
}

const generators = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

function remainder(values: readonly number[]): number {
  let sum = 1;
  for (const value of values) {
    const top = sum >> 25;
    sum = ((sum & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of generators.entries()) if ((top >> bit) & 1) sum ^= generator;
  }
  return sum;
}
