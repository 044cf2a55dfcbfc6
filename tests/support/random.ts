/** Gives integers from 0 up to, not including, `limit`. */
export type Random = (limit: number) => number;

/** The same numbers for the same seed (mulberry32), so that a failure can be run again. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

/** A seed from the environment, or a new one; printed, so that it can be given again as BECKON_SEED. */
export function testSeed(): number {
  const seed = Number(process.env['BECKON_SEED'] ?? Date.now() % 1_000_000);
  process.stdout.write(`BECKON_SEED=${seed}\n`);
  return seed;
}
