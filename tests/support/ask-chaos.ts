import type { GenerateInput } from '../../contract/engine.ts';
import { Egress } from '../../core/egress/egress.ts';
import { createServerModel } from '../../models/openai-compatible/server-model.ts';
import { providerOf } from '../../models/providers/provider.ts';
import { createProviderModel } from '../../models/providers/provider-model.ts';

/** What one question came to, in a process of its own; written as one line of JSON. */
export interface AskedChaos {
  readonly end: string;
  readonly characters: number;
  /** Milliseconds from when it was to be stopped until it had ended; null when it ended before. */
  readonly stoppedMs: number | null;
  /** What the process grew by at most, in bytes. */
  readonly grownBytes: number;
  readonly tookMs: number;
}

const [address = '', stopAfterMs = '', maxTokens = '4096', providerId] = process.argv.slice(2);
const egress = new Egress({ isOffline: () => false, log: { write: () => {} } });
const provider = providerOf(providerId);
const options = {
  ...{
    id: 's:m',
    name: 'M',
    address,
    host: new URL(address).host,
    model: 'm',
    fetch: egress.fetchFor('answer', () => {}),
  },
  readKey: () => Promise.resolve(null),
  firstByteMs: 20_000,
  idleMs: 20_000,
};
/** A server of one's own where no provider is named. */
const model = provider === null ? createServerModel(options) : createProviderModel({ ...options, provider });
const before = process.resourceUsage().maxRSS;
const begun = performance.now();
const stop = new AbortController();
const stopAt = begun + Number(stopAfterMs);
if (stopAfterMs !== '') setTimeout(() => stop.abort(), Number(stopAfterMs));
let characters = 0;
let end = '';
const question: GenerateInput = {
  messages: [{ role: 'user', text: 'Hello' }],
  sampling: { temperature: 0 },
  maxTokens: Number(maxTokens),
  thinking: 'off',
  hints: {},
};
for await (const part of model.generate(question, stop.signal)) {
  if (part.type === 'text-delta' || part.type === 'thinking-delta') characters += part.text.length;
  else end = part.type === 'finish' ? part.reason : part.type === 'failure' ? part.error.code : part.type;
}
const ended = performance.now();
const asked: AskedChaos = {
  end,
  characters,
  stoppedMs: end === 'aborted' ? Math.round(ended - stopAt) : null,
  grownBytes: (process.resourceUsage().maxRSS - before) * 1024,
  tookMs: Math.round(ended - begun),
};
process.stdout.write(`${JSON.stringify(asked)}\n`);
process.exit(0);
