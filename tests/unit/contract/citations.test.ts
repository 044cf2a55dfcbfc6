import { describe, expect, it } from 'vitest';
import { type Locator, locatorSchema } from '../../../contract/locator.ts';
import { type PassageAt, passageAtSchema } from '../../../contract/passage.ts';

/** Citations as Anthropic's Messages interface gives them: characters are counted from 0 by code points, pages from 1, ends are left out. */
type Cited =
  | {
      readonly type: 'char_location';
      readonly document_index: number;
      readonly start_char_index: number;
      readonly end_char_index: number;
    }
  | {
      readonly type: 'page_location';
      readonly document_index: number;
      readonly start_page_number: number;
      readonly end_page_number: number;
    };

const texts = ['The rent is 1,200 €.\n租金按月支付 👩‍👩‍👧，不得拖欠。', 'Second 𝒯ext: nothing is due.'];

function charLocation({ text, start, end }: PassageAt): Cited {
  const points = (to: number) => [...(texts[text] ?? '').slice(0, to)].length;
  return { type: 'char_location', document_index: text, start_char_index: points(start), end_char_index: points(end) };
}

function passageAt(cited: Extract<Cited, { type: 'char_location' }>): PassageAt {
  const units = (to: number) => [...(texts[cited.document_index] ?? '')].slice(0, to).join('').length;
  const { document_index: text, start_char_index: start, end_char_index: end } = cited;
  return passageAtSchema.parse({ text, start: units(start), end: units(end) });
}

function pageLocation(document: number, locator: Extract<Locator, { unit: 'page' }>): Cited {
  const { first, last } = locator;
  return { type: 'page_location', document_index: document, start_page_number: first, end_page_number: last + 1 };
}

describe('a citation of Anthropic’s interface', () => {
  it.each(['1,200 €', '租金', '👩‍👩‍👧', '不得拖欠。', '𝒯ext', 'due'])(
    'is a passage, and the other way round: %s',
    (words) => {
      const text = texts.findIndex((one) => one.includes(words));
      const start = (texts[text] ?? '').indexOf(words);
      const at = { text, start, end: start + words.length };
      const cited = charLocation(at);
      expect(cited.type === 'char_location' && passageAt(cited)).toEqual(at);
      const points = [...(texts[text] ?? '')];
      expect(
        cited.type === 'char_location' && points.slice(cited.start_char_index, cited.end_char_index).join(''),
      ).toBe(words);
    },
  );

  it('names the pages that a locator names', () => {
    const cited = pageLocation(1, { unit: 'page', first: 3, last: 4 });
    expect(cited).toEqual({ type: 'page_location', document_index: 1, start_page_number: 3, end_page_number: 5 });
    if (cited.type !== 'page_location') throw new Error('another kind');
    const back = { unit: 'page', first: cited.start_page_number, last: cited.end_page_number - 1 };
    expect(locatorSchema.parse(back)).toEqual({ unit: 'page', first: 3, last: 4 });
  });
});
