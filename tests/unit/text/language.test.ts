import { describe, expect, it } from 'vitest';
import { glyphLanguageOf, languageOfText } from '../../../text/language.ts';

describe('the language of a text', () => {
  it.each([
    ['The keeper counted 388 birds.', 'en', undefined],
    ['灯塔建于一八九二年。', 'zh-CN', 'zh-CN'],
    ['The tower is called 灯塔 in the old books of the harbour.', 'en', 'zh-CN'],
    ['Beckon 招之即来，按下热键', 'zh-CN', 'zh-CN'],
    ['灯台は1892年に建てられた。', 'zh-CN', 'ja'],
    ['カモメ', 'en', 'ja'],
    ['등대는 오래되었다.', 'en', undefined],
    ['', 'en', undefined],
    ['12, 34', 'en', undefined],
  ] as const)('is told for how a model is asked, and for which glyphs it is drawn in: %j', (text, asked, drawn) => {
    expect(languageOfText(text)).toBe(asked);
    expect(glyphLanguageOf(text)).toBe(drawn);
  });
});
