import { createInterface } from 'node:readline';
import OpenAI from 'openai';

/**
 * Run by itself with an address: for each line of its input, asks that many questions at once by OpenAI's own client, and prints
 * how long the first word of each took, in milliseconds.
 */
const client = new OpenAI({ baseURL: process.argv[2], apiKey: 'none', maxRetries: 0 });

async function firstWord(at: number): Promise<number> {
  const began = performance.now();
  const messages = [{ role: 'user' as const, content: `Question ${at}: a few words about the sea.` }];
  const stream = await client.chat.completions.create({ model: 'm', messages, stream: true });
  let first = 0;
  for await (const { choices } of stream) if (choices[0]?.delta.content) first ||= performance.now() - began;
  return first;
}

for await (const line of createInterface({ input: process.stdin })) {
  const times = await Promise.all(Array.from({ length: Number(line) }, (_, at) => firstWord(at)));
  process.stdout.write(`${JSON.stringify(times)}\n`);
}
