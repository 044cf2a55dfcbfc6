import type { AtomFile } from '../../contract/atom.ts';
import { AppError } from '../../contract/errors.ts';
import { languageOfText } from '../../text/language.ts';
import { prompts } from '../prompts/prompts.ts';
import type { ReadFile } from './read-paths.ts';
import { sharedLimitBytes } from './read-shared.ts';
import type { Converted } from './reviews.ts';

/** A prompt of this format may be as long as this, in each language. */
const longestPrompt = 8000;
const longestHint = 120;

/**
 * A skill (SKILL.md) or a pattern (system.md) as an action of one prompt; null for what is neither. Throws `atom/not-text`,
 * `atom/too-large`, `atom/nothing-told` and `atom/told-too-long`. No script that lies beside one is read, kept or run.
 */
export function convertForeign(read: ReadFile): Converted | null {
  const { fileName } = read;
  if (!('bytes' in read) || !/^(?:skill|system)\.md$/i.test(fileName)) return null;
  const isSkill = /^skill/i.test(fileName);
  const { fields, body } = withoutHead(textOf(read.bytes, fileName));
  const named = (isSkill ? fields.get('name') : undefined) ?? read.folder ?? '';
  const told = isSkill ? body : withoutInput(body);
  const values = { file: read.folder === undefined ? fileName : `${read.folder}/${fileName}` };
  if (told === '') throw new AppError('atom/nothing-told', fileName, { values });
  if (told.length > longestPrompt - 100)
    throw new AppError('atom/told-too-long', fileName, { values: { ...values, most: longestPrompt - 100 } });
  const file = actionOf(named, fields.get('description'), told);
  const scripts = (read.beside ?? []).map((name) => `${name}/`);
  const wanted = fields.get('allowed-tools');
  const leftOut = [...scripts, ...(wanted === undefined ? [] : [`allowed-tools: ${wanted.slice(0, 80)}`])];
  return { file, madeFrom: { kind: isSkill ? 'skill' : 'pattern', leftOut } };
}

function textOf(bytes: Uint8Array, file: string): string {
  if (bytes.byteLength > sharedLimitBytes)
    throw new AppError('atom/too-large', file, { values: { file, limitBytes: sharedLimitBytes } });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll(/\r\n?/g, '\n').toWellFormed();
  } catch {
    throw new AppError('atom/not-text', file, { values: { file } });
  }
}

interface Told {
  readonly fields: ReadonlyMap<string, string>;
  readonly body: string;
}

/** The lines between two of `---` before a skill's text; of them only plain `name: value`, and text that goes on below one. */
function withoutHead(text: string): Told {
  const [, head, body] = /^---[ \t]*\n([\s\S]{0,20000}?)\n---[ \t]*(?:\n|$)([\s\S]*)$/.exec(text) ?? [];
  if (head === undefined || body === undefined) return { fields: new Map(), body: text.trim() };
  const fields = new Map<string, string>();
  let last = '';
  for (const line of head.split('\n')) {
    const [, key, value] = /^([A-Za-z][\w-]*):[ \t]*(.*)$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) {
      last = key.toLowerCase();
      fields.set(last, value.replace(/^[>|][-+]?[ \t]*$/, '').replace(/^(["'])(.*)\1[ \t]*$/, '$2'));
    } else if (/^[ \t]+\S/.test(line) && last !== '') fields.set(last, `${fields.get(last)} ${line.trim()}`.trim());
  }
  return { fields, body: body.trim() };
}

/** A pattern ends where the text would follow, which stands before the prompt here. */
function withoutInput(text: string): string {
  return text.replace(/\n#+[ \t]*INPUT:?[ \t]*\n[\s\S]{0,200}$/i, '').trim();
}

function actionOf(named: string, described: string | undefined, told: string): AtomFile {
  const name = named.replaceAll(/[-_]+/g, ' ').replaceAll(/\s+/g, ' ').trim().slice(0, 80) || 'Instructions';
  const hint = described?.replaceAll(/\s+/g, ' ').trim().slice(0, longestHint);
  const both = (text: string) => ({ en: text, 'zh-CN': text });
  return {
    ...{ atom: 1, id: idFrom(name), name: both(name.charAt(0).toUpperCase() + name.slice(1)) },
    ...(hint === undefined || hint === '' ? {} : { hint: both(hint) }),
    ...{ input: 'selection', output: 'show' },
    // What it was written for is another place; here the text stands above it.
    prompt: both(`${prompts.instructions[languageOfText(told)]}\n\n${told}`),
  };
}

function idFrom(name: string): string {
  const id = name
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  return id.slice(0, 60) || 'instructions';
}
