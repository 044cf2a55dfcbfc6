import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError, toErrorShape } from '../../contract/errors.ts';
import { type ReadOptions, readFile } from '../../core/files/read-file.ts';
import { readerLimits } from '../../core/files/reader-process.ts';
import { createPictureReader } from '../../core/sight/pictures.ts';
import { createTranslator, sayError } from '../../locales/translator.ts';
import { SightProcess } from '../../models/sight/sight-process.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { allBombs } from '../support/bombs/all-bombs.ts';
import { type Bomb, elsewhere, secretFile } from '../support/bombs/bomb.ts';
import { damagedDocuments } from '../support/bombs/damage-documents.ts';
import { pictureBombs } from '../support/bombs/picture-bombs.ts';
import { reader, readerIds } from '../support/document-reader.ts';
import { waitFor } from '../support/processes.ts';
import { testSeed } from '../support/random.ts';
import { requireSightModels } from '../support/sight-models.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-malformed-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const translators = [createTranslator('en'), createTranslator('zh-CN')];

/** `text`, or the code of an error that has a sentence in both languages; anything else is said as it is. */
async function outcome({ name, make }: Bomb, options: ReadOptions = reader): Promise<string> {
  const path = join(folder, name);
  writeFileSync(path, make());
  try {
    const { text } = await readFile(path, options, new AbortController().signal, () => {});
    return text.length <= 20_000_000 ? 'text' : `${text.length} characters`;
  } catch (error) {
    if (!(error instanceof AppError)) return String(error);
    const said = translators.map((translator) => sayError(translator, toErrorShape(error)));
    const isSaid = said.every((sentence) => sentence.length > 10 && !sentence.includes('{{')) && said[0] !== said[1];
    return isSaid ? error.code : `${error.code}: ${said.join(' / ')}`;
  } finally {
    rmSync(path);
  }
}

/** How each of them ended, where that is neither text nor one of the errors of documents. */
async function wrongOnes(bombs: readonly Bomb[]): Promise<readonly string[]> {
  const wrong: string[] = [];
  for (const bomb of bombs) {
    const ended = await outcome(bomb);
    if (process.env['BECKON_OUTCOMES'] !== undefined) process.stdout.write(`${bomb.name}\t${ended}\n`);
    if (!/^(?:text|file\/[a-z-]+)$/.test(ended) || ended === 'file/reader-died') wrong.push(`${bomb.name}: ${ended}`);
  }
  return wrong;
}

describe('a document that is no document', () => {
  it('ends in text or in a sentence, however it was damaged', async () => {
    const damaged = damagedDocuments(testSeed());
    expect(damaged.length).toBeGreaterThan(100);
    expect(await wrongOnes(damaged)).toEqual([]);
  }, 900_000);

  it('ends in text or in a sentence, whatever it was made to do to its reader', async () => {
    const bombs = await allBombs();
    expect(bombs.length).toBeGreaterThan(140);
    expect(await wrongOnes(bombs)).toEqual([]);
    await waitFor('no reader is left', () => readerIds().length === 0);
  }, 1_800_000);

  it('is refused as a picture whose pixels would take all memory, by a process that reads the next one', async () => {
    const entry = join(checkout, 'models', 'sight', 'entry.ts');
    const sight = new SightProcess({
      node: nodeExecutable,
      entry,
      codeFolders: [checkout],
      idleMs: 60_000,
      niceness: 0,
    });
    try {
      const pictures = createPictureReader({ files: () => requireSightModels() }, sight);
      for (const bomb of pictureBombs)
        expect([bomb.name, await outcome(bomb, { ...reader, pictures })]).toEqual([bomb.name, 'picture/too-large']);
      const honest = readFileSync(join(checkout, 'tests', 'corpus', 'pictures', 'plain.png'));
      expect(await outcome({ name: 'plain.png', make: () => honest }, { ...reader, pictures })).toBe('text');
    } finally {
      sight.dispose();
    }
  }, 300_000);

  it('has nothing opened that it names, neither a file nor an address', async () => {
    const asking = (await allBombs()).filter(({ name }) =>
      /outside|remote|links|field|starts|external|laughs/.test(name),
    );
    expect(asking.length).toBeGreaterThan(25);
    const [documents, traces] = [join(folder, 'asking'), join(folder, 'traces')];
    for (const path of [documents, traces]) mkdirSync(path);
    for (const { name, make } of asking) writeFileSync(join(documents, name), make());
    const code = `
      import { readdirSync } from 'node:fs';
      import { readFile } from '${checkout}/core/files/read-file.ts';
      const reader = ${JSON.stringify({ ...reader, limits: { ...readerLimits, timeMs: 60_000 } })};
      for (const name of readdirSync('${documents}'))
        await readFile('${documents}/' + name, reader, new AbortController().signal, () => {}).catch(() => {});
      process.stdout.write('done');
      process.exit(0);`;
    const trace = [
      '-ff',
      '--seccomp-bpf',
      '-qq',
      '-s',
      '4096',
      '-e',
      'trace=connect,sendto,open,openat,execve',
      '-o',
      join(traces, 'trace'),
    ];
    const asked = spawnSync('strace', [...trace, nodeExecutable, '--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    expect(asked.stdout).toBe('done');
    const all = readdirSync(traces)
      .map((name) => readFileSync(join(traces, name), 'utf8'))
      .join('\n');
    expect(all.match(/execve\([^\n]*reader\/entry\.ts/g)?.length).toBeGreaterThanOrEqual(asking.length);
    expect(all).not.toContain(`"${secretFile}"`);
    expect(all).not.toMatch(/AF_INET/);
    expect(all).not.toContain(new URL(elsewhere).hostname);
  }, 600_000);
});
