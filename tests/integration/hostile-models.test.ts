import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostileRounds } from '../support/ask-hostile.ts';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { hostileHeaders, hostileTemplates } from '../support/hostile-models.ts';

const all = new Map([...hostileTemplates, ...hostileHeaders]);
const expected: readonly (readonly [string, RegExp])[] = [
  ['three nested loops that write nothing', /^model\/template$/],
  ['a range of a hundred million', /^model\/template$/],
  ['each message 3,000 times', /^model\/template$/],
  ['five thousand open brackets', /^model\/template$/],
  ['feed_forward_length 0', /^model\/unsupported$/],
  ['feed_forward_length 1', /^model\/(?:crashed|load-failed|unsupported)$/],
  ['an empty vocabulary', /^model\/(?:crashed|load-failed|unsupported)$/],
  ['a raised error', /^finish$/],
  ['loops of its own in such a chat', /^model\/template$/],
  ['a list that doubles in such a chat', /^model\/template$/],
  ['an error in such a chat', /^model\/template-refused$/],
  ['four hundred thousand letters in such a chat', /^model\/template$/],
  ['weights that are no numbers', /^model\/garbled$/],
  ['weights of nothing', /^finish$/],
  ['a window of forty tokens', /^(?:finish|model\/context-full)$/],
];

describe('a damaged or hostile model that is asked', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-hostile-'));
  let rounds: HostileRounds;

  beforeAll(() => {
    rounds = new HostileRounds(requireModel(tinyModel), folder);
  });
  afterAll(() => {
    rounds?.models.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(expected)('with %s ends in an answer or a cause', async (name, end) => {
    const damage = all.get(name);
    if (damage === undefined) throw new Error(`no damage ${name}`);
    expect((await rounds.askDamaged(damage)).end).toMatch(end);
  });

  it.each(['a vocabulary of blanks', 'merges that merge nothing'])(
    'with %s writes nonsense, and is cancelled in the middle of it',
    async (name) => {
      const damage = all.get(name);
      if (damage === undefined) throw new Error(`no damage ${name}`);
      expect(await rounds.cancelDamaged(damage)).toBe('aborted');
    },
  );

  it('leaves a good model to answer what is asked next', async () => {
    expect((await rounds.askGood()).end).toBe('finish');
  });

  it('and is cancelled is free at once: a good model answers next', async () => {
    const stop = new AbortController();
    const damage = all.get('a macro that ends after 2^60');
    if (damage === undefined) throw new Error('no such damage');
    setTimeout(() => stop.abort(), 1500);
    expect((await rounds.askDamaged(damage, stop.signal)).end).toBe('aborted');
    expect((await rounds.askGood()).end).toBe('finish');
  });
});
