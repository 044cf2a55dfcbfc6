import { writeJson } from '../../../text/write-json.ts';

/** The text of an action's file as it was read: everything in it, also what the form knows nothing of. */
export type Doc = Readonly<Record<string, unknown>>;
export type StepDoc = Readonly<Record<string, unknown>>;
export type Language = 'en' | 'zh-CN';

export const otherLanguage: Readonly<Record<Language, Language>> = { en: 'zh-CN', 'zh-CN': 'en' };

/** Null for a text that is no JSON object. */
export function readDoc(text: string): Doc | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return isDoc(value) ? value : null;
  } catch {
    return null;
  }
}

export function isDoc(value: unknown): value is Doc {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether it is one prompt and no chain. */
export function isAction(doc: Doc): boolean {
  return doc['atom'] === 1;
}

const ofPrompt = ['prompt', 'sampling', 'maxTokens'] as const;

/** The steps that the form shows. An action is a chain of one. */
export function stepsOf(doc: Doc): readonly StepDoc[] {
  if (isAction(doc)) return [{ do: 'prompt', ...pick(doc, ofPrompt) }];
  const { steps } = doc;
  return Array.isArray(steps) ? steps.map((step) => (isDoc(step) ? step : { do: '' })) : [];
}

/** The file with other steps. An action becomes a chain once it is more than one prompt. */
export function withSteps(doc: Doc, steps: readonly StepDoc[]): Doc {
  if (!isAction(doc)) return { ...doc, steps };
  const [only] = steps;
  const isPrompt = steps.length === 1 && only?.['do'] === 'prompt' && only['each'] !== true && only['off'] !== true;
  if (isPrompt)
    return without(
      { ...doc, ...pick(only, ofPrompt) },
      ofPrompt.filter((name) => !(name in only)),
    );
  // Words of an answer are looked up in the text that it was made from, which steps in between are not.
  return { atom: 2, ...without(doc, ['atom', ...ofPrompt, 'grounded']), steps };
}

export function textIn(both: unknown, language: Language): string {
  const text = isDoc(both) ? both[language] : undefined;
  return typeof text === 'string' ? text : '';
}

/** A text in one language; the other one says the same as long as it said the same before, or nothing. */
export function withText(both: unknown, language: Language, text: string): Doc {
  const other = otherLanguage[language];
  const before = textIn(both, other);
  const follows = before === '' || before === textIn(both, language);
  const kept = isDoc(both) ? both : {};
  return { en: '', 'zh-CN': '', ...kept, [language]: text, [other]: follows ? text : before };
}

/** An own id for a name, which no action has. Names without Latin letters get the kind's. */
export function freeId(name: string, kind: string, taken: ReadonlySet<string>): string {
  const plain = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '');
  const base = plain === '' ? kind : plain;
  for (let number = 1; ; number += 1) {
    const id = number === 1 && plain !== '' ? base : `${base}-${number}`;
    if (!taken.has(id)) return id;
  }
}

/** What a new action or chain is before anything is filled in. */
export function newDoc(kind: 'action' | 'chain', id: string): Doc {
  const none = { en: '', 'zh-CN': '' };
  const common = { id, name: none, input: 'selection', output: 'replace' };
  return kind === 'action' ? { atom: 1, ...common, prompt: none } : { atom: 2, ...common, steps: [] };
}

/** A copy, as an action of its own. */
export function copyOf(doc: Doc, id: string, copyName: (name: string) => string): Doc {
  const name = doc['name'];
  const copied = Object.fromEntries((['en', 'zh-CN'] as const).map((one) => [one, copyName(textIn(name, one))]));
  // A copy is a row of its own, and by the person.
  return { ...without(doc, ['family']), id, name: copied };
}

/** The id that a file's text says. */
export function idIn(text: string): string {
  const id = readDoc(text)?.['id'];
  return typeof id === 'string' ? id : '';
}

export function write(doc: Doc): string {
  return writeJson(doc);
}

export function without(doc: Doc, names: readonly string[]): Doc {
  return Object.fromEntries(Object.entries(doc).filter(([name]) => !names.includes(name)));
}

function pick(doc: Doc, names: readonly string[]): Doc {
  return Object.fromEntries(Object.entries(doc).filter(([name]) => names.includes(name)));
}
