import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout, smallModel } from '../../tests/support/beckon-app.ts';
import { type Goal, goals } from '../goals.ts';
import { judge, type Measured } from '../results.ts';
import { ensureLlamaTool } from '../tools/llama-tools.ts';
import type { Area } from './area.ts';
import { benchedModel, requireFastCopy, requireModelFile } from './benched-model.ts';

/** Windows of 512 tokens; the second half of each is what is counted. */
const windows = 6;
/** What Beckon says of itself, in both languages. */
const sources = {
  en: ['README.md', 'docs/ARCHITECTURE.md', 'docs/privacy.md', 'docs/threat-model.md'],
  'zh-CN': ['errors', 'doctor', 'window', 'overlay', 'actions', 'common', 'cli', 'shell'].map(
    (name) => `locales/zh-CN/${name}.json`,
  ),
} as const;

/** C1: how much worse a faster copy foretells texts than its model does, by perplexity. Always the same, so taken once. */
export const measureCopies: Area = async ({ say }) => {
  const tool = await ensureLlamaTool('llama-perplexity', say);
  const measured: Measured[] = [];
  for (const id of [benchedModel, smallModel]) {
    const model = requireModelFile(id);
    const copy = await requireFastCopy(id);
    for (const [language, goal] of [
      ['en', goals.copyEnglish],
      ['zh-CN', goals.copyChinese],
    ] as const satisfies readonly (readonly [string, Goal])[]) {
      const text = textOf(sources[language]);
      const [before, after] = [model, copy].map(({ path }) => perplexityOf(tool, path, text));
      measured.push(judge(goal, { values: [after ?? Number.NaN], floors: [before ?? Number.NaN], subject: copy.name }));
      say(`copies: ${copy.name}, ${language}`);
    }
  }
  return measured;
};

function textOf(files: readonly string[]): string {
  const texts = files.map((file) => readFileSync(join(checkout, file), 'utf8'));
  // Of the words of the app only the sentences: names of keys and braces are no prose.
  const words = (text: string) => [...text.matchAll(/": "([^"]{14,})"/g)].map(([, sentence]) => sentence).join('\n');
  return texts.map((text, index) => (files[index]?.endsWith('.json') ? words(text) : text)).join('\n\n');
}

function perplexityOf(tool: string, model: string, text: string): number {
  const folder = mkdtempSync(join(tmpdir(), 'beckon-perplexity-'));
  try {
    const file = join(folder, 'text.txt');
    writeFileSync(file, text);
    const args = ['-m', model, '-f', file, '-c', '512', '-t', '2', '-ngl', '0', '--chunks', `${windows}`];
    const { stdout, stderr } = spawnSync(tool, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const found = /Final estimate: PPL = ([\d.]+)/.exec(stdout + stderr)?.[1];
    if (found === undefined) throw new Error(`llama-perplexity gave no result: ${stderr.slice(-500)}`);
    return Number(found);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
