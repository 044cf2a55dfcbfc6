import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HostileRounds } from '../support/ask-hostile.ts';
import { requireModel, tinyModel } from '../support/beckon-app.ts';
import { hostileHeaders, hostileTemplates } from '../support/hostile-models.ts';

const causes = [
  'template',
  'template-refused',
  'garbled',
  'context-full',
  'unsupported',
  'load-failed',
  'crashed',
  'cut',
  'out-of-memory',
  'too-large-for-memory',
  'stuck',
];
/** Nothing waits longer for one file than an engine may be silent, with a start and a load beside it. */
const mostMs = 120_000;

describe('every damaged or hostile model', () => {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-hostile-'));
  let rounds: HostileRounds;

  beforeAll(() => {
    rounds = new HostileRounds(requireModel(tinyModel), folder);
  });
  afterAll(() => {
    rounds?.models.dispose();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each([...hostileTemplates, ...hostileHeaders])(
    '%s: an answer or a cause, and a good one after it',
    async (_, damage) => {
      const { end, ms } = await rounds.askDamaged(damage);
      expect(['finish', ...causes.map((cause) => `model/${cause}`)]).toContain(end);
      expect(ms).toBeLessThan(mostMs);
      expect((await rounds.askGood()).end).toBe('finish');
      // Each file is another one to the person; here they have one path.
      rounds.models.forgive();
    },
  );
});
