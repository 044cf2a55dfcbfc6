import fc from 'fast-check';
import { renderToStaticMarkup } from 'react-dom/server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { toRichText } from '../../../core/put-back/rich-text.ts';
import { drawMaths } from '../../../renderer/answer/draw-maths.tsx';
import { preloadAnswers } from '../../../renderer/answer/late-parts.ts';
import { parseMarkdown } from '../../../text/markdown/parse.ts';
import type { Block, Inline } from '../../../text/markdown/tree.ts';
import { onScreen, seenIn } from '../../support/what-is-seen.tsx';

beforeAll(preloadAnswers);
// What is loaded late stays loaded, and other files look at answers before it is.
afterAll(() => void vi.resetModules());

function mathsIn(text: string): readonly Extract<Inline, { kind: 'maths' }>[] {
  const ofInlines = (inlines: readonly Inline[]): readonly Extract<Inline, { kind: 'maths' }>[] =>
    inlines.flatMap((one) => (one.kind === 'maths' ? [one] : 'children' in one ? ofInlines(one.children) : []));
  const ofBlock = (block: Block): readonly Extract<Inline, { kind: 'maths' }>[] => {
    if ('children' in block) return ofInlines(block.children);
    if ('blocks' in block) return block.blocks.flatMap(ofBlock);
    if ('items' in block) return block.items.flatMap(({ blocks }) => blocks.flatMap(ofBlock));
    return 'rows' in block ? block.rows.flat().flatMap(ofInlines) : [];
  };
  return (parseMarkdown(text) ?? []).flatMap(ofBlock);
}

const digits = (text: string) => [...text.replaceAll(/\D/g, '')].sort().join('');

describe('a formula', () => {
  it.each([
    ['sorts in $O(n \\log n)$ time', 'O(n \\log n)', false],
    ['where $n$ is the number', 'n', false],
    ['with \\(O(n^2)\\) steps', 'O(n^2)', false],
    ['设$x$为 3', 'x', false],
    ['- it is $a + b$, or', 'a + b', false],
    ['> so \\(x_1\\)', 'x_1', false],
    ['$$\nT(n) = 2\\,T\\!\\left(\\frac{n}{2}\\right)\n$$', '\nT(n) = 2\\,T\\!\\left(\\frac{n}{2}\\right)\n', true],
    ['\\[\nx = 1\n- y\n\\]', '\nx = 1\n- y\n', true],
    ['| a | $x^2$ |\n|---|---|\n| 1 | $y_1$ |', 'x^2', false],
    ['**bold $x_1$**', 'x_1', false],
  ])('is found in %j', (text, tex, display) => {
    expect(mathsIn(text)[0]).toMatchObject({ tex, display });
    expect(onScreen(text)).toMatch(/<math/);
  });

  it.each([
    '$5 and $6',
    '$5 to $10 or $20',
    'US$5/A$6',
    'from $1,000 (or $2,000) to $3,000',
    '$5$',
    'a price of $5-$6, or $7/$8',
    '$HOME/bin and $PATH',
    'echo $a $b',
    '$i, $j',
    '$a=$b;',
    'A$x_1$B',
    'C:\\(x\\)',
    '\\\\(x\\\\)',
    '\\$x$',
    '`$x^2$`',
    '```\n$x^2$\n```',
    '$$',
    '$ x $',
    'the cost is $3 per item and $x',
  ])('is not made of money, programs and paths: %j', (text) => {
    expect(mathsIn(text)).toEqual([]);
    expect(onScreen(text)).not.toMatch(/<math/);
  });

  it.each(['$\\fraq{1}{2}$', '$x^{$', '\\(\\frac{1}\\)', '$\\def\\a{\\a\\a}\\a$', '$\\href{javascript:alert(1)}{x}$'])(
    'that is not well formed is shown as it was written: %j',
    (text) => {
      expect(seenIn(onScreen(text))).toBe(text);
    },
  );

  it('is copied and put back as LaTeX', () => {
    const text = '**It** is $x^2$ and\n\n$$\n\\frac{1}{2}\n$$';
    expect(toRichText(text)?.text).toBe('It is $x^2$ and\n\n$$\n\\frac{1}{2}\n$$');
    expect(toRichText('It is $x^2$.')).toBeNull();
  });

  it('holds nothing that hides, loads or leads somewhere', () => {
    const hostile = [
      '\\phantom{5}',
      '\\color{white}{5}',
      '\\includegraphics{https://example.com/x.png}',
      '\\style{display:none}{5}',
      '\\class{hidden-live}{5}',
      '\\id{root}{5}',
      '\\data{x=1}{5}',
      '\\url{https://example.com}',
      '\\llap{5}',
      '\\hspace{-99em}5',
      '\\rule{99em}{99em}',
      '\\tag{5}',
    ];
    for (const tex of hostile) {
      const drawn = drawMaths(tex, false);
      // What is not drawn is shown as it is written.
      if (drawn === null) continue;
      const html = renderToStaticMarkup(drawn);
      expect(html, tex).not.toMatch(/<mphantom|color|href|src|display:none|hidden-live|id=|data-|-99|<a\b|<img/);
      expect(html, tex).toContain('5');
    }
  });
});

describe('an answer with formulas', () => {
  const tex = fc.constantFrom(
    ...['x^2', '\\frac{1}{2}', '\\sqrt[3]{x}', 'O(n \\log n)', 'a_{12}', '\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}'],
    ...['\\fraq{7}', '\\phantom{8}', '2\\,T', '\\hspace{2em}', 'x', '\\left(9\\right', '\\text{at 10 %}', '\\tag{3}'],
    ...['5', '6.50', '\\color{#123456}{x}', '\\boxed{42}', '\\binom{n}{2}', '\\underbrace{1+2}_{3}', '\\vec{v}_1'],
  );
  const around = fc.constantFrom('$', '$$', '\\(', '\\[', '$ ', ' ', '');
  const closing: Readonly<Record<string, string>> = { '\\(': '\\)', '\\[': '\\]', '$ ': ' $' };
  const formula = fc.tuple(around, tex).map(([open, inner]) => `${open}${inner}${closing[open] ?? open}`);
  const word = fc.constantFrom(
    'is',
    '价格',
    '$5',
    '**bold**',
    '- item',
    '\n\n',
    '| a | b |\n|--|--|\n',
    '> ',
    '`code`',
  );

  // A figure that a formula hides is a figure that the person never sees.
  it('shows each of its figures, drawn or as written, and copies every character', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(formula, word), { maxLength: 8 }), (parts) => {
        const text = parts.join(' ');
        const unseen = text.replaceAll(/\\hspace\{2em\}/g, '\\hspace{em}');
        expect(digits(seenIn(onScreen(text)).replaceAll(/\\hspace\{2em\}/g, ''))).toBe(digits(unseen));
        expect(digits(toRichText(text)?.text ?? text)).toBe(digits(text));
      }),
      { numRuns: 400 },
    );
  });
});
