import { factFiles } from '../fact-files.ts';
import { seededRandom } from '../random.ts';
import type { Bomb } from './bomb.ts';
import { factBytes } from './zip-bombs.ts';

const rounds = 3;

/** Every file of facts, damaged in several ways: bytes changed, a piece gone, a piece twice, the end cut off, two kinds mixed. */
export function damagedDocuments(seed: number): readonly Bomb[] {
  const random = seededRandom(seed);
  return factFiles.flatMap(({ file }) =>
    Array.from({ length: rounds }, (_, round) => {
      const damage = damages[random(damages.length)] ?? cut;
      const other = factFiles[random(factFiles.length)]?.file ?? file;
      return { name: `${round}-${file}`, make: () => damage(factBytes(file), random, factBytes(other)) };
    }),
  );
}

type Damage = (bytes: Buffer, random: (limit: number) => number, other: Buffer) => Buffer;

const cut: Damage = (bytes, random) => bytes.subarray(0, random(bytes.length));
const damages: readonly Damage[] = [
  cut,
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    for (let count = random(60); count >= 0; count -= 1) copy[random(copy.length)] = random(256);
    return copy;
  },
  (bytes, random) => {
    const [from, to] = [random(bytes.length), random(bytes.length)].sort((a, b) => a - b) as [number, number];
    return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
  },
  (bytes, random) => {
    const at = random(bytes.length);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at >> 1, at), bytes.subarray(at)]);
  },
  (bytes, random, other) =>
    Buffer.concat([bytes.subarray(0, random(bytes.length)), other.subarray(random(other.length))]),
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    const at = random(copy.length);
    copy.fill(random(256), at, Math.min(copy.length, at + random(4000)));
    return copy;
  },
];
