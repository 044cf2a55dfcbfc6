import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../contract/errors.ts';
import type { ToldAtom, ToldStep } from '../../contract/sharing.ts';
import { type AtomWords, saySteps } from '../../locales/say-atom.ts';

/**
 * An action as other programs take instructions (SKILL.md): what it is for, and its steps in words. What a program does by itself, such as
 * sorting, is told as an instruction there; the signed file lies beside it, for Beckon.
 */
export function skillOf(atom: ToldAtom, words: AtomWords): string {
  const { language } = words;
  const described = [atom.name[language], atom.hint?.[language]].filter((one) => one !== undefined).join(': ');
  const head = ['---', `name: ${atom.id}`, `description: ${JSON.stringify(described)}`, '---'];
  return `${[...head, '', `# ${atom.name[language]}`, '', ...told(atom.steps, words)].join('\n')}\n`;
}

function told(steps: readonly ToldStep[], words: AtomWords): readonly string[] {
  const done = steps.filter((step) => step.do === 'unknown' || step.off !== true);
  const [only] = done;
  // The words that a model is told are instructions as they are.
  if (done.length === 1 && only?.do === 'prompt') return [only.prompt[words.language]];
  return [words.say('skill.steps'), '', ...saySteps(words, done).map((step, at) => `${at + 1}. ${step}`)];
}

/** Writes a skill's folder, over nothing that is there. Throws `export/not-written`. */
export function writeSkill(
  to: string,
  skill: string,
  atom: { readonly fileName: string; readonly text: string },
): void {
  const folder = resolve(to);
  try {
    mkdirSync(join(folder, 'resources'), { recursive: true });
    writeFileSync(join(folder, 'SKILL.md'), skill, { flag: 'wx' });
    writeFileSync(join(folder, 'resources', atom.fileName), atom.text, { flag: 'wx' });
  } catch (error) {
    throw new AppError('export/not-written', String(error), { values: { file: 'SKILL.md' } }, error);
  }
}
