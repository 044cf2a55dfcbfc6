/** The first bits of the fractional parts of the roots of primes, as FIPS 180-4 has them. */
const primes = firstPrimes(64);
const rounds = primes.map((prime) => fraction(Math.cbrt(prime)));
const start = primes.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));

/** SHA-256 of at most 55 bytes, which is one block: enough for the check digits of an address. */
export function sha256Short(bytes: readonly number[]): readonly number[] {
  if (bytes.length > 55) throw new RangeError('more than one block');
  const block = [...bytes, 0x80, ...Array.from<number>({ length: 61 - bytes.length }).fill(0)];
  const words = Array.from({ length: 16 }, (_, at) => wordOf(block, at * 4));
  words[15] = bytes.length * 8;
  for (let at = 16; at < 64; at += 1) {
    const [near, far] = [words[at - 2] ?? 0, words[at - 15] ?? 0];
    const [one, other] = [turned(near, 17, 19) ^ (near >>> 10), turned(far, 7, 18) ^ (far >>> 3)];
    words[at] = (one + (words[at - 7] ?? 0) + other + (words[at - 16] ?? 0)) | 0;
  }
  return mixed(words).flatMap((word) => [word >>> 24, (word >>> 16) & 255, (word >>> 8) & 255, word & 255]);
}

function mixed(words: readonly number[]): readonly number[] {
  let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = start;
  for (const [at, word] of words.entries()) {
    const choice = (e & f) ^ (~e & g);
    const first = (h + (turned(e, 6, 11) ^ turned(e, 25)) + choice + (rounds[at] ?? 0) + word) | 0;
    const majority = (a & b) ^ (a & c) ^ (b & c);
    const second = ((turned(a, 2, 13) ^ turned(a, 22)) + majority) | 0;
    [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
  }
  return [a, b, c, d, e, f, g, h].map((word, at) => (word + (start[at] ?? 0)) >>> 0);
}

function wordOf(bytes: readonly number[], at: number): number {
  return bytes.slice(at, at + 4).reduce((word, byte) => (word << 8) | byte, 0);
}

function turned(word: number, ...by: readonly number[]): number {
  return by.reduce((all, bits) => all ^ ((word >>> bits) | (word << (32 - bits))), 0);
}

function fraction(root: number): number {
  return Math.floor((root % 1) * 2 ** 32) | 0;
}

function firstPrimes(count: number): readonly number[] {
  const found: number[] = [];
  for (let number = 2; found.length < count; number += 1)
    if (found.every((prime) => number % prime !== 0)) found.push(number);
  return found;
}
