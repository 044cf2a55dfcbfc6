import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findUnfinished } from '../../../text/markdown/formulas.ts';
import { everyForm, firstMissing, mustBeSeen, onScreen, seenIn } from '../../support/what-is-seen.tsx';

const corpus = join(import.meta.dirname, '..', '..', 'corpus', 'markdown');
const texts = readdirSync(corpus)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => [name, readFileSync(join(corpus, name), 'utf8')] as const);

/** Forms that lost something, with what. */
function lost(text: string): Record<string, string> {
  const wanted = mustBeSeen(text);
  const missing = Object.entries(everyForm(text)).map(([form, shown]) => [form, firstMissing(wanted, shown)] as const);
  return Object.fromEntries(missing.flatMap(([form, at]) => (at === null ? [] : [[form, at]])));
}

const digits = (text: string) => text.replaceAll(/\D/g, '');

const figure = fc.constantFrom(
  ...[
    '100~200元',
    '5~10',
    '~5%',
    '≈3.5',
    '−5 °C',
    '- 5 °C',
    '-5',
    '+ 20 €',
    '+86 138 0000',
    '> 5 mg',
    '<10',
    '>=3',
    '1.5',
  ],
  ...[
    '2*3*4',
    '2**3**4',
    'x**n + y**m',
    '3 * 4',
    '1,234.56',
    '½',
    '10^3',
    '5*',
    '4*-hotel',
    '$5',
    '$6.50',
    '50 %',
    '‰7',
  ],
  ...[
    '2026. ',
    '5. 3. 2024',
    '1) ',
    '2. ',
    '007. ',
    '12:30',
    '1_000_000',
    '#5',
    '# 5',
    '5`',
    '6\'2"',
    '±0.1',
    '3/4',
    '1|2',
  ],
  ...['5~~6', '~~5~~', 'H_2_O', 'x_1, x_2', '(*)', '[1]', '[^1]', '(5)*(6)*(7)', '５～１０', '٣٫٥', '१२', '100〜200円'],
);
const word = fc.constantFrom(
  ...[
    'price',
    '价格',
    '注意：',
    '“重点”',
    '（准备）',
    '。',
    '，',
    'кот',
    'שלום',
    'مرحبا',
    'ราคา',
    '가격은',
    'naïve',
    '👩‍🚀',
    'a',
    '、',
  ],
  ...[
    'snake_case_name',
    '__init__',
    'f(x)=x*y*z',
    'a*b*c',
    '*.txt',
    'src/**/*.ts',
    '.*foo.*',
    '~/.bashrc',
    'C:\\Users\\_me\\*.txt',
  ],
  ...[
    '\\\\server\\share',
    '\\(x\\)',
    '\\[',
    '\\]',
    '\\\\',
    '\\d+\\.',
    '\\*',
    '\\_',
    '\\#',
    'a\\',
    '&amp;',
    '&copy;',
    '&#42;',
    '$x_1$',
  ],
  ...[
    '<b>',
    '</b>',
    'List<String>',
    '<!-- c -->',
    '<br>',
    '<div>',
    'vector<std::string>',
    'a[i](x)',
    '[x]',
    '[ ]',
    '[foo]: bar',
  ],
);
const mark = fc.constantFrom(
  ...[
    '**',
    '*',
    '__',
    '_',
    '~~',
    '~',
    '`',
    '``',
    '```',
    '# ',
    '## ',
    '> ',
    '- ',
    '+ ',
    '* ',
    '1. ',
    '9) ',
    '| ',
    ' | ',
    '|---|---|',
  ],
  ...[
    '---',
    '***',
    '===',
    '    ',
    '\t',
    '[',
    '](https://a.test/x)',
    '](',
    ')',
    '![',
    '<https://a.test>',
    'https://a.test/x_y',
    'www.a.test',
  ],
  ...['[^a]', '[^a]: ', '- [x] ', '- [ ] ', '\\', '&', '<', '>', '  \n', 'me@a.test', '"', ':', '(', '{', '}'],
);
const gap = fc.constantFrom(' ', ' ', '', '\n', '\n\n', '\n- ', '\r\n');
const anyText = fc
  .array(fc.tuple(fc.oneof(figure, word, mark, fc.string({ unit: 'grapheme', maxLength: 3 })), gap), { maxLength: 30 })
  .map((pieces) => pieces.flat().join(''));

/** Figures and words, in which nothing is a mark of formatting. */
const plainText = fc
  .array(
    fc.tuple(
      fc.oneof(
        figure,
        word.filter((one) => !/^(<|\[|\\[*_#])/.test(one)),
      ),
      fc.constantFrom(' ', '\n', '\n\n'),
    ),
    {
      minLength: 1,
      maxLength: 12,
    },
  )
  .map((pieces) => pieces.flat().join(''));

describe('what is no mark of formatting', () => {
  it.each(texts)('is seen, copied and put back as it was: %s', (_, text) => {
    expect(lost(text)).toEqual({});
    for (const [form, shown] of Object.entries(everyForm(text)))
      expect(`${form} ${digits(shown)}`).toBe(`${form} ${digits(text)}`);
  });

  it('is seen, copied and put back whatever a model writes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(lost(text)).toEqual({});
      }),
      { numRuns: 400 },
    );
  });

  it('keeps every digit, in order and none more, whatever a model writes', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { screen, plain, html } = everyForm(text);
        expect([digits(screen), digits(plain), digits(html)]).toEqual([digits(text), digits(text), digits(text)]);
      }),
      { numRuns: 400 },
    );
  });

  it('is not struck through while it grows, unless it stays so', () => {
    fc.assert(
      fc.property(plainText, (text) => {
        for (let length = 1; length <= text.length; length += 1) {
          const html = onScreen(text.slice(0, length), true);
          if (!text.includes('~~')) expect(html).not.toContain('<del>');
          // A formula of lines of its own is drawn once it is whole; until then, and no longer than 400 signs, it is not there.
          const half = findUnfinished(text.slice(0, length));
          const seen = text.slice(0, half === -1 ? length : half);
          expect(firstMissing(digits(seen), seenIn(html))).toBeNull();
        }
      }),
      { numRuns: 60 },
    );
  });
});
