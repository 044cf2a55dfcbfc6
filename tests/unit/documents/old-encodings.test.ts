import { describe, expect, it } from 'vitest';
import { decodeText } from '../../../documents/text/decode.ts';
import { encodeOld } from '../../support/encode-old.ts';
import { chineseWords, contexts, inDos, inGbk, inWindows1252, westernWords } from '../../support/old-texts.ts';

/** Every word in every context, with itself, with its neighbour and with a plain one. */
function textsOf(words: readonly string[]): readonly string[] {
  return words.flatMap((word, index) =>
    Object.values(contexts).flatMap((around) => [
      around(word, 'abc'),
      around(word, words[(index + 1) % words.length] ?? ''),
      around(`${word} ${words[(index + 2) % words.length]}`, words[(index + 3) % words.length] ?? ''),
    ]),
  );
}

function wrong(texts: readonly string[], encode: (text: string) => Buffer | null): readonly string[] {
  return texts.filter((text) => {
    const bytes = encode(text);
    return bytes !== null && decodeText(bytes) !== text;
  });
}

describe('a text of before UTF-8 with few signs', () => {
  it.each(Object.entries(westernWords))('is read as Western where it is, %s', (_, words) => {
    const texts = textsOf(words);
    expect(texts.length).toBeGreaterThan(80);
    expect(wrong(texts, inWindows1252)).toEqual([]);
  });

  it('is read as Chinese where it is, down to one character', () => {
    const texts = textsOf(chineseWords);
    expect(texts.length).toBeGreaterThan(900);
    expect(wrong(texts, inGbk)).toEqual([]);
  });

  it('is read as that of DOS where its letters stand in words and Western ones would not', () => {
    for (const text of ['Müller;Köln', 'für Käufer', 'Peña, Señor', 'perché', 'über Schäden', 'Århus på København'])
      expect(decodeText(inDos(text) ?? Buffer.of())).toBe(text);
  });

  it('is read as that of an old Mac where its letters stand in words and Western ones would not', () => {
    const words = [
      'Dan’s Mac',
      'l’été à la plage, déjà',
      'Müller, Köln, Straße, für Käufer, Öl',
      'Åland på kartan, förälder, smörgås',
    ];
    for (const text of words) expect(decodeText(encodeOld(text, 'macintosh') ?? Buffer.of())).toBe(text);
  });

  it.each([
    ['with the euro of 1999', '4b6f7374656e3a203530a4', 'Kosten: 50€'],
    ['with signs of four bytes', '8139ee39b5c4', '㐀的'],
    ['of UTF-8, with one sign', '3520ceA9', '5 Ω'],
    ['of UTF-8, with a sign out of place', '28c39729', '(×)'],
    ['of UTF-8, with one letter', '7ac5823b', 'zł;'],
    ['of Chinese that is valid UTF-8', '412cc5ae2c31', 'A,女,1'],
  ])('is read right %s', (_, hex, text) => {
    expect(decodeText(Buffer.from(hex, 'hex'))).toBe(text);
  });
});
