import { parseSync } from 'vite';

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly key?: { readonly name?: string; readonly value?: unknown };
  readonly properties?: readonly Node[];
  readonly quasis?: readonly { readonly value?: { readonly cooked?: string } }[];
}

/** What of a file could be told to a model. */
export interface Told {
  /** Objects made of a role and a text, which is what a prompt is made of. */
  readonly messages: number;
  /** Texts in it that are whole sentences. */
  readonly sentences: readonly string[];
}

/** Looks through a file for what a model could be told by it. */
export function toldBy(path: string, text: string): Told {
  const sentences: string[] = [];
  let messages = 0;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const item of node) visit(item);
    if (typeof node !== 'object' || node === null || Array.isArray(node)) return;
    const { type, value, properties, quasis } = node as Node;
    if (type === 'ObjectExpression' && isMessage(properties ?? [])) messages += 1;
    const said = type === 'Literal' ? value : type === 'TemplateLiteral' ? joined(quasis ?? []) : null;
    if (typeof said === 'string' && isSentence(said)) sentences.push(said);
    for (const child of Object.values(node)) visit(child);
  };
  visit(parseSync(path, text).program);
  return { messages, sentences };
}

function joined(quasis: NonNullable<Node['quasis']>): string {
  return quasis.map(({ value }) => value?.cooked ?? '').join('…');
}

function isMessage(properties: readonly Node[]): boolean {
  const names = properties.map(({ key }) => String(key?.name ?? key?.value)).sort();
  return names.join() === 'role,text' || names.join() === 'content,role';
}

/** Five words or more that begin and end as a sentence does, or eight Chinese characters with a sign behind them. */
function isSentence(text: string): boolean {
  const english = /^\s*[A-Z](?:[a-z’'][\p{L}’']*)?(?:,? \S+){4,}/u.test(text) && /[.?!:][\s…]*$|[.?!] \S/.test(text);
  return english || /\p{Script=Han}{8,}.*[。？！：，]/u.test(text);
}
