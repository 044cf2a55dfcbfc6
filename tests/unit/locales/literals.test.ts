import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { readSources } from '../../arch/source-files.ts';

interface Node {
  readonly type?: string;
  readonly value?: unknown;
  readonly name?: { readonly name?: unknown };
}

const spokenAttributes = new Set(['aria-label', 'title', 'placeholder', 'alt']);
/** An address is an example, not a sentence. */
const allowed = [/^https?:\/\//, /^[PMS]$/];

function visit(node: unknown, take: (node: Node) => void): void {
  if (Array.isArray(node)) for (const item of node) visit(item, take);
  else if (typeof node === 'object' && node !== null) {
    take(node as Node);
    for (const value of Object.values(node)) if (typeof value === 'object') visit(value, take);
  }
}

/** Words that a view shows or speaks without asking the translator. */
function literalsIn(path: string, text: string): string[] {
  const found: string[] = [];
  const note = (value: unknown) => {
    const words = String(value ?? '').trim();
    if (/\p{L}/u.test(words) && !allowed.some((pattern) => pattern.test(words))) found.push(`${path}: ${words}`);
  };
  visit(parseSync(path, text).program, (node) => {
    if (node.type === 'JSXText') note(node.value);
    if (node.type !== 'JSXAttribute' || !spokenAttributes.has(String(node.name?.name))) return;
    const value = node.value as Node | null;
    if (value?.type === 'Literal' || value?.type === 'StringLiteral') note(value.value);
  });
  return found;
}

describe('the views', () => {
  it('show no word that is not in locales/', () => {
    const views = [...readSources(['renderer']).values()].filter(({ path }) => path.endsWith('.tsx'));
    expect(views.length).toBeGreaterThan(15);
    expect(views.flatMap(({ path, text }) => literalsIn(path, text))).toEqual([]);
  });

  it('would be caught with a literal', () => {
    const text = 'export const View = () => <p title="Hello there">Some words <b>更多</b></p>;';
    expect(literalsIn('view.tsx', text)).toEqual(['view.tsx: Hello there', 'view.tsx: Some words', 'view.tsx: 更多']);
  });
});
