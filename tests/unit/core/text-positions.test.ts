import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageSchema } from '../../../contract/conversation.ts';
import { extentOf, locatorOf } from '../../../contract/document.ts';
import { receiptSchema } from '../../../contract/receipt.ts';
import { toMessage } from '../../../core/conversations/rows.ts';
import { linePositions, parsePositions } from '../../../core/text-positions.ts';
import { sayPlaces } from '../../../locales/say-locator.ts';
import { createTranslator } from '../../../locales/translator.ts';

describe('positions that were stored before texts had sections', () => {
  it('of a PDF name the same pages', () => {
    const text = 'First page.\n\nSecond.\n\nThird.';
    const positions = parsePositions('{"unit":"page","starts":[0,13,22],"total":7}', text);
    if (positions === null) throw new Error('not readable');
    expect(extentOf(positions)).toEqual({ unit: 'page', read: 3, total: 7 });
    expect(locatorOf(positions, text, 13, 20)).toEqual({ unit: 'page', first: 2, last: 2 });
    expect(locatorOf(positions, text, 22, 28)).toEqual({ unit: 'page', first: 3, last: 3 });
  });

  it('of lines count the lines of the text', () => {
    const positions = parsePositions('{"unit":"line"}', 'one\ntwo\nthree\n');
    expect(positions).toEqual(linePositions('one\ntwo\nthree\n'));
    expect(positions === null ? null : extentOf(positions)).toEqual({ unit: 'line', read: 3, total: 3 });
  });

  it('of now come back as they were stored, and what is neither is none', () => {
    const positions = linePositions('a\nb');
    expect(parsePositions(JSON.stringify(positions), 'a\nb')).toEqual(positions);
    for (const broken of [
      '',
      '{',
      'null',
      '{"unit":"page"}',
      '{"unit":"verse"}',
      '{"unit":"page","starts":[-1],"total":1}',
    ])
      expect(parsePositions(broken, 'a')).toBeNull();
  });
});

describe('a receipt that was stored before there were locators', () => {
  const stored =
    '{"where":"device","host":null,"modelId":"m","modelName":"M","promptTokens":1,"cachedTokens":0,"outputTokens":1,"contextTokens":2,"firstTextMs":3,"wordsPerSecond":4,"tokensPerSecond":5,"droppedMessages":0,"places":[{"name":"report.pdf","places":[{"unit":"page","first":16,"last":18},{"unit":"page","first":30,"last":30}],"total":40},{"name":null,"places":[{"unit":"line","first":3,"last":3}],"total":9}]}';

  it('is read, passes the contract, and says what it said', () => {
    const row = { id: 'a', conversation_id: 'c', role: 'assistant', text: 'x', thinking: '', state: 'complete' };
    const message = toMessage({ ...row, error: null, action: null, created_at: 1, receipt: stored }, []);
    expect(messageSchema.safeParse(message).success).toBe(true);
    const { basis } = receiptSchema.parse(message.receipt);
    const places = basis.type === 'passages' ? basis.texts : [];
    const { t } = createTranslator('en');
    expect(places.map((place) => sayPlaces(t, place))).toEqual([
      'report.pdf: from pages 16–18, 30 of 40',
      'from line 3 of 9',
    ]);
  });
});

describe('the lines of a text', () => {
  it('are those that a person counts, for every offset, also in texts of many sections', () => {
    const line = fc.stringMatching(/^[ab漢😀]{0,40}$/u);
    const texts = fc.array(line, { maxLength: 30 }).map((lines) => lines.join('\n').repeat(40));
    fc.assert(
      fc.property(texts, fc.nat(), (text, seed) => {
        const positions = linePositions(text);
        const count = text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
        expect(positions.total).toBe(count);
        const at = text === '' ? 0 : seed % text.length;
        const line = text.slice(0, at).split('\n').length;
        if (text !== '')
          expect(locatorOf(positions, text, at, at + 1)).toEqual({ unit: 'line', first: line, last: line });
      }),
      { numRuns: 300 },
    );
  });
});
