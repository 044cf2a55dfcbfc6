import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelPart } from '../../../contract/engine.ts';
import { delimiterOf } from '../../../core/prompts/delimiter.ts';
import { Delimiters } from '../../../core/text-filters/delimiters.ts';
import { Fence } from '../../../core/text-filters/fence.ts';
import { HalfWord } from '../../../core/text-filters/half-word.ts';
import { plainAnswer } from '../../../core/text-filters/plain-answer.ts';
import { compose, filterParts, filterWhole, type TextFilter } from '../../../core/text-filters/text-filter.ts';
import { collect } from '../../support/asked-question.ts';
import { expectLinear } from '../../support/growth.ts';

const filters: Readonly<Record<string, () => TextFilter>> = {
  delimiters: () => new Delimiters(['"""', "''''"]),
  'delimiters of an answer that is gone on with': () => new Delimiters(['"""'], { goesOn: true }),
  fence: () => new Fence(),
  'a half word': () => new HalfWord(' tw'),
  'several, one after another': () => compose([new Fence(), new Delimiters(['"""']), new HalfWord('half')]),
};
const signs = ['"""', '"', "'''", "''''", '\n', ' ', '```', '```ts\n', 'word', '。', ' '.repeat(120)];
const texts = fc.array(fc.constantFrom(...signs), { maxLength: 12 }).map((list) => list.join(''));

/** What a filter makes of a text that comes in pieces of these sizes. */
function inPieces(filter: TextFilter, text: string, sizes: readonly number[]): string {
  let [out, at] = ['', 0];
  for (const size of [...sizes, text.length]) {
    out += filter.push(text.slice(at, at + size));
    at += size;
  }
  return out + filter.end();
}

describe('a text filter', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 40 });

  it.each(Object.entries(filters))('gives the same however a text is cut: %s', (_, create) => {
    fc.assert(
      fc.property(texts, sizes, (text, cut) => {
        expect(inPieces(create(), text, cut)).toBe(filterWhole(create(), text));
      }),
      { numRuns: 500 },
    );
  });

  it.each(Object.entries(filters))('is as new where what came so far was no part of the text: %s', (_, create) => {
    fc.assert(
      fc.property(texts, texts, (thought, text) => {
        const filter = create();
        filter.push(thought);
        filter.restart();
        expect(filterWhole(filter, text)).toBe(filterWhole(create(), text));
      }),
    );
  });

  it('of several does not depend on how they are grouped', () => {
    const list = () => [new Fence(), new Delimiters(['"""']), new HalfWord('half')] as const;
    fc.assert(
      fc.property(texts, sizes, (text, cut) => {
        const [one, two, three] = list();
        const [first, second, third] = list();
        const left = inPieces(compose([compose([one, two]), three]), text, cut);
        expect(left).toBe(inPieces(compose([first, compose([second, third])]), text, cut));
      }),
    );
  });
});

describe('the parts of a generation that are filtered', () => {
  const says = (text: string): ModelPart => ({ type: 'text-delta', text });
  async function filtered(parts: readonly ModelPart[]): Promise<readonly ModelPart[]> {
    const given = (async function* () {
      yield* parts;
    })();
    return collect(filterParts(given, new Delimiters(['"""'])));
  }

  it.each<ModelPart>([{ type: 'aborted' }, { type: 'failure', error: { code: 'model/crashed', message: '' } }])(
    'lose nothing that was held back, and it comes before the end: $type',
    async (end) => {
      expect(await filtered([says('"""\nRain "'), end])).toEqual([says('Rain'), says(' "'), end]);
      expect(await filtered([says('"""\nRain "')])).toEqual([says('Rain'), says(' "')]);
    },
  );

  it('begin anew behind what was thought', async () => {
    const parts = [says('"""\nHm'), { type: 'text-was-thinking' } as const, says('"""\nRain.\n"""')];
    expect(await filtered(parts)).toEqual([says('Hm'), { type: 'text-was-thinking' }, says('Rain.')]);
  });
});

describe('the delimiters of a quoted text', () => {
  it.each([
    ['"""\nThe text.\n"""', 'The text.'],
    ['"""\nThe "text".\n\nMore.\n"""\n', 'The "text".\n\nMore.'],
    ['The text.', 'The text.'],
    ['"Said" he.\n"""', '"Said" he.\n"""'],
    ['"""\nNot closed', 'Not closed'],
    ['""', '""'],
    ['"""', ''],
    [' """ ', ''],
    ['"""\n"""', ''],
    ['', ''],
  ])('are left out of an answer, however it is cut: %j', (answer, text) => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 30 }), (sizes) => {
        expect(inPieces(new Delimiters(['"""']), answer, sizes).trimEnd()).toBe(text.trimEnd());
      }),
    );
  });

  it('let an answer come as it is written where a model writes white space without end', () => {
    expectLinear((pieces) => {
      const filter = new Delimiters(['"""']);
      let out = filter.push('"""\nThe text.');
      for (let piece = 0; piece < pieces; piece += 1) out += filter.push(' \n\t'.repeat(30));
      out += filter.push('x');
      expect(out.length).toBe('The text.x'.length + 90 * pieces);
      expect(filter.push('\n"""') + filter.end()).toBe('');
    }, 2000);
  });

  it.each([
    ['"""\nTells the tide.\n"""', '"""\nTells the tide.\n"""'],
    ['""""\n"""\nTells the tide.\n"""\n""""', '"""\nTells the tide.\n"""'],
  ])('are told from those that the text has itself: %j', (answer, text) => {
    const docstring = '"""\nTell the tides.\n"""';
    const filter = new Delimiters([delimiterOf(docstring)]);
    expect([...answer].map((character) => filter.push(character)).join('') + filter.end()).toBe(text);
    expect(plainAnswer(answer, docstring)).toBe(text);
  });
});

describe('an answer that goes into a document', () => {
  it('keeps a fence that its text had', () => {
    const fenced = '```ts\nconst x = 1;\n```';
    expect(plainAnswer(fenced, '```ts\nconst  x = 1;\n```\n')).toBe(fenced);
  });

  it('keeps what looks like a delimiter in a fence that is taken away', () => {
    expect(plainAnswer('```python\n"""\nTells the tide.\n"""\n```', 'Tells the tide.')).toBe(
      '"""\nTells the tide.\n"""',
    );
  });

  it.each([
    ['  The text.\n', 'The text.'],
    ['```\nThe text.\n```', 'The text.'],
    ['```ts\nconst x = 1;\n```', 'const x = 1;'],
    ['"""\nThe text.\n"""', 'The text.'],
    ['See ```x``` here.', 'See ```x``` here.'],
  ])('comes without what a model put around it: %j', (answer, text) => {
    expect(plainAnswer(answer)).toBe(text);
  });
});
