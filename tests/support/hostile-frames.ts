import type { z } from 'zod';
import { rendererContract } from '../../contract/renderer.ts';
import type { Random } from './random.ts';

export interface HostileFrame {
  readonly frame: unknown;
  /** Whether the protocol owes this frame an error; others are dropped without a word. */
  readonly answered: boolean;
}

const strangeNames = [
  '',
  '__proto__',
  'constructor',
  'toString',
  'core.handOver',
  'core.shutDown',
  'model.addFile',
  '招之',
];
const strangeValues: readonly unknown[] = [
  null,
  '',
  'x'.repeat(100_000),
  '\0',
  '\ud800',
  '../../etc/passwd',
  'file:///etc/passwd',
  -1,
  1.5,
  1e308,
  Number.MAX_SAFE_INTEGER,
  true,
  [],
  [[[[[[]]]]]],
  { length: 1e9 },
  { toString: 'x', valueOf: 1 },
  JSON.parse('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}'),
  Array.from({ length: 2000 }, (_, index) => index),
];

/** Frames of which none may do anything: unknown names, inputs that no schema takes, and things that are no frame. */
export function hostileFrames(random: Random, count: number): HostileFrame[] {
  const frames: HostileFrame[] = [];
  while (frames.length < count) {
    const id = 5_000_000 + frames.length;
    const kind = random(4);
    if (kind === 0) frames.push(wrongName(random, id));
    else if (kind === 1) frames.push(noFrame(random));
    else frames.push(...wrongInput(random, id));
  }
  return frames;
}

function pick<Item>(random: Random, items: readonly Item[]): Item {
  return items[random(items.length)] as Item;
}

function wrongName(random: Random, id: number): HostileFrame {
  const kind = pick(random, ['request', 'open', 'watch']);
  return { frame: { kind, id, name: pick(random, strangeNames), input: pick(random, strangeValues) }, answered: true };
}

function noFrame(random: Random): HostileFrame {
  const shapes: unknown[] = [
    ...strangeValues.filter((value) => typeof value !== 'object' || value === null || Array.isArray(value)),
    { kind: 'request' },
    { kind: 'request', id: 'x', name: 'core.info', input: {} },
    { kind: 'request', id: 1.5, name: 'core.info', input: {} },
    { kind: '__proto__', id: 1, name: 'core.info' },
    { kind: 'value', id: 1, value: {} },
    { kind: 'credit', id: 3, amount: -1 },
    { kind: 'credit', id: 987_654, amount: 1e9 },
    { kind: 'close', id: 987_654 },
    { kind: 'unwatch', id: 987_654 },
  ];
  return { frame: pick(random, shapes), answered: false };
}

/** One field of an input that has the right names is made wrong; what the schema would take anyway is left out. */
function wrongInput(random: Random, id: number): HostileFrame[] {
  const streams = Object.entries(rendererContract.streams).map(([name, { input }]) => ({ kind: 'open', name, input }));
  const requests = Object.entries(rendererContract.requests).map(([name, { input }]) => ({
    kind: 'request',
    name,
    input,
  }));
  const { kind, name, input } = pick<{ kind: string; name: string; input: z.ZodType }>(random, [
    ...requests,
    ...streams,
  ]);
  const shape = (input as { shape?: Record<string, unknown> }).shape ?? {};
  const fields = Object.fromEntries(Object.keys(shape).map((field) => [field, pick(random, strangeValues)]));
  const candidate = random(3) === 0 ? pick(random, strangeValues) : { ...fields, [`extra${random(5)}`]: 1 };
  if (input.safeParse(candidate).success) return [];
  return [{ frame: { kind, id, name, input: candidate }, answered: true }];
}

interface PageBridge {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): () => void;
}

/** Runs in the page: sends all and counts what comes back. */
export async function sendFrames(frames: readonly HostileFrame[]): Promise<{ values: unknown[]; errors: number }> {
  const bridge = (globalThis as unknown as { beckon: PageBridge }).beckon;
  const values: unknown[] = [];
  let errors = 0;
  const stop = bridge.onMessage((message) => {
    const { id, kind } = message as { id: number; kind: string };
    if (id < 5_000_000 || id >= 6_000_000) return;
    if (kind === 'error') errors += 1;
    else values.push(message);
  });
  const owed = frames.filter(({ answered }) => answered).length;
  for (const { frame } of frames) bridge.send(frame);
  const end = Date.now() + 15_000;
  while (errors + values.length < owed && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 50));
  await new Promise((resolve) => setTimeout(resolve, 300));
  stop();
  return { values, errors };
}

/** Runs in the page: what cannot be written as JSON. A page that sends it may throw in the page, and nowhere else. */
export function sendNonData(): void {
  const bridge = (globalThis as unknown as { beckon: PageBridge }).beckon;
  const circle: Record<string, unknown> = { kind: 'request', id: 5_999_999, name: 'core.info' };
  circle['input'] = circle;
  for (const message of [Number.NaN, undefined, circle, new Map([[1, 2]]), new Uint8Array(30_000_000), () => 1]) {
    try {
      bridge.send(message);
    } catch {
      // Not cloneable.
    }
  }
}
