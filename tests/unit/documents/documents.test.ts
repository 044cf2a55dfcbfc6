import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extentOf, locatorOf } from '../../../contract/document.ts';
import { linePositions } from '../../../core/text-positions.ts';
import { pageText } from '../../../documents/pdf/page-text.ts';
import { plainIdeographs } from '../../../documents/pdf/radicals.ts';
import { notYetKinds, sniff } from '../../../documents/sniff.ts';
import { decodeText } from '../../../documents/text/decode.ts';
import { withoutOrders } from '../../../documents/text/terminal-orders.ts';
import { resources } from '../../../locales/index.ts';
import { expectLinear } from '../../support/growth.ts';
import { pagePositions } from '../../support/positions.ts';

const bytes = (text: string) => Buffer.from(text, 'latin1');

describe('the kind of a file', () => {
  it.each([
    ['%PDF-1.7\n', 'letter.txt', { kind: 'pdf' }],
    ['\n\n%PDF-1.4\n', 'a', { kind: 'pdf' }],
    ['a,b\n1,2\n', 'numbers.CSV', { kind: 'table' }],
    ['# Head\n', 'notes.md', { kind: 'markdown' }],
    ['const x = 1;\n', 'a.ts', { kind: 'code' }],
    ['Just words.', 'README', { kind: 'text' }],
    ['BMW is a car, MZ a motorcycle.', 'a.txt', { kind: 'text' }],
    ['PK\x03\x04....[Content_Types].xml....word/document.xml', 'a.pdf', { format: 'zip' }],
    ['PK\x05\x06', 'a.txt', { format: 'zip' }],
    ['\x89PNG\r\n\x1a\n\0\0', 'a.txt', { notYet: 'image' }],
    ['ID3 tags tell who sings.', 'a.txt', { kind: 'text' }],
    ['GGUF is a format, OTTO a name.', 'a.md', { kind: 'markdown' }],
    ['{\\rtf1 words}', 'a.txt', { format: 'rtf' }],
    ['<!-- x -->\n<!DOCTYPE html><p>A', 'a.txt', { format: 'html' }],
    ['<p>A part of a page', 'a.html', { format: 'html' }],
    ['<p>Not a page', 'a.txt', { kind: 'text' }],
    ['WEBVTT\n\n00:01.000 --> 00:02.000\nA', 'a.txt', { format: 'subtitles' }],
    ['1\r\n00:00:01,000 --> 00:00:02,500\r\nA', 'a.txt', { format: 'subtitles' }],
    ['From: a@b.example\r\nSubject: A\r\n\r\nB', 'a.eml', { format: 'mail' }],
    ['Received: x\nMIME-Version: 1.0\nFrom: a@b.example\nTo: c@d.example\n\nB', 'a', { format: 'mail' }],
    ['From: me\nTo: you\n\nA note of mine', 'a.txt', { kind: 'text' }],
    ['ID3\x03\0\0\0', 'a.txt', { notYet: 'sound' }],
    ['A PDF begins with %PDF-1.7 or so.', 'about.md', { kind: 'markdown' }],
    ['From a mail: %PDF-1.7\n', 'letter.pdf', { kind: 'pdf' }],
    ['\x00\x01\x02%PDF-1.7\n', 'letter', { kind: 'pdf' }],
    ['MZ\x90\0\x03\0\0\0', 'a.txt', { notYet: 'program' }],
    ['GGUF\x03\0\0\0', 'a.md', { notYet: 'model' }],
    ['\x01\x02\x03\0\x04', 'a.txt', { notYet: null, kind: null }],
  ])('is told by its content, not its name: %j as %s', (content, name, kind) => {
    expect(sniff(bytes(content), name)).toEqual(kind);
  });

  it('has a name in both languages when it is not read yet', () => {
    for (const kind of notYetKinds) {
      expect(resources.en.errors.fileKind[kind]).toBeTruthy();
      expect(resources['zh-CN'].errors.fileKind[kind]).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('what a program wrote for a terminal', () => {
  const outputs = [
    ['colours', '\u001b[1;31mred\u001b[0m and \u001b[38;2;1;2;3mblue\u001b[m', 'red and blue'],
    ['a title and a cleared screen', '\u001b]0;my title\u0007\u001b[2J\u001b[Hhello', 'hello'],
    ['links', '\u001b]8;;http://x.example\u001b\\a file\u001b]8;;\u001b\\', 'a file'],
    ['moves, a character set and a reset', '\u001b7\u001b(B\u001bca\u001b[10Cb', 'ab'],
    ['a bold word of an old manual', 'N\bNA\bAM\bME\bE  _\bl_\bs 目\b目', 'NAME  ls 目'],
    ['an order that was cut', 'text\u001b[3', 'text3'],
    ['a string without an end', '\u001b]0;never ended', '0;never ended'],
  ] as const;

  it.each(outputs)('is a text, and is read as the terminal shows it: %s', (_, written, shown) => {
    expect(withoutOrders(written).replace('\u001b[', '')).toBe(shown);
    expect(sniff(Buffer.from(written), 'standard input')).toEqual({ kind: 'text' });
  });

  it.each([...['\u001b]', '\u001b[', '\u001b[1', 'a\b', '\u001b]0;\u001b']])(
    'takes no more time than there is of it: %j',
    (piece) => {
      expectLinear((size) => withoutOrders(piece.repeat(size / piece.length)), 1_000_000);
    },
  );
});

describe('the encoding of a text', () => {
  it('is UTF-8, or UTF-16 with a mark', () => {
    const text = '灯塔 café 🗼';
    const little = Buffer.from(`\uFEFF${text}`, 'utf16le');
    expect(decodeText(Buffer.from(text))).toBe(text);
    expect(decodeText(Buffer.from(`\uFEFF${text}`))).toBe(text);
    expect(decodeText(little)).toBe(text);
    expect(decodeText(Buffer.from(little).swap16())).toBe(text);
  });

  it('is guessed for old files: Chinese, else Western', () => {
    expect(decodeText(Buffer.from('b5c6cbfebda8d3dad2bbb0cbbec5b6feC4EAA3AC'.toLowerCase(), 'hex'))).toBe(
      '灯塔建于一八九二年，',
    );
    expect(decodeText(bytes('m\xe8tres caf\xe9 \x93so\x94'))).toBe('mètres café “so”');
    expect(decodeText(bytes('Stra\xdfe, \xc4pfel, \xfcber, sch\xf6n, gr\xfc\xdfen'))).toBe(
      'Straße, Äpfel, über, schön, grüßen',
    );
  });
});

describe('a text that was cut within a sign or damaged', () => {
  const chinese = '灯塔建于一八九二年，看守人记下了三百八十八只鸟。\n'.repeat(20);
  const old = Buffer.from('b5c6cbfebda8d3dad2bbb0cbbec5b6fec4eaa3ac'.repeat(20), 'hex');
  const damage = (content: Buffer) => Buffer.concat([content.subarray(0, 60), bytes('\xff'), content.subarray(60)]);

  it.each([
    ['UTF-8', Buffer.from(chinese), '灯塔建于一八九二年，看守'],
    ['UTF-8, Western', Buffer.from('The tower “stands” 41 mètres tall. '.repeat(40)), 'The tower “stands” 41 mètres'],
    ['GB18030', old, '灯塔建于一八九二年，灯塔'],
    ['UTF-16', Buffer.from(`\uFEFF${chinese}`, 'utf16le'), '灯塔建于一八九二年，看守'],
  ])('keeps its encoding: %s', (_, content, begins) => {
    const cut = decodeText(content.subarray(0, -1)) ?? '';
    expect(cut.startsWith(begins)).toBe(true);
    expect(cut.split('\uFFFD').length).toBeLessThanOrEqual(2);
    if (content[0] === 0xff) return;
    const damaged = decodeText(damage(content)) ?? '';
    expect(damaged.startsWith(begins)).toBe(true);
    expect(damaged.slice(-9)).toBe((decodeText(content) ?? '').slice(-9));
  });

  it('keeps it in UTF-16 with half a character in it', () => {
    expect(decodeText(Buffer.from('\uFEFFbefore \ud800 after', 'utf16le'))).toBe('before \uFFFD after');
    expect(decodeText(Buffer.from('fffe00d800d800d800d800d800d8', 'hex'))).toBeNull();
  });

  it('is not taken for UTF-8 or Chinese where it is Western', () => {
    expect(decodeText(bytes('un caf\xe9'))).toBe('un café');
    const words =
      'm\xe8tres, gr\xfc\xdfen, sch\xf6n, \x93so\x94, Stra\xdfe, \xc4pfel, d\xe9j\xe0 vu, fa\xe7ade, \xe9t\xe9. ';
    expect(decodeText(bytes(words.repeat(30)))).toContain('mètres, grüßen, schön, “so”, Straße');
  });
});

describe('where a text stands', () => {
  it('is told in lines', () => {
    const text = 'one\ntwo\nthree\n';
    const lines = linePositions(text);
    expect(locatorOf(lines, text, 0, 3)).toEqual({ unit: 'line', first: 1, last: 1 });
    expect(locatorOf(lines, text, 4, 13)).toEqual({ unit: 'line', first: 2, last: 3 });
    expect(extentOf(lines)).toEqual({ unit: 'line', read: 3, total: 3 });
    expect(extentOf(linePositions('one\ntwo')).read).toBe(2);
  });

  it('is told in pages, whatever their lengths, and for every offset', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 20 }), { minLength: 1, maxLength: 30 }), (pages) => {
        const starts: number[] = [];
        let text = '';
        for (const page of pages) {
          if (text !== '' || starts.length > 0) text += '\n\n';
          starts.push(text.length);
          text += page;
        }
        const positions = pagePositions(starts, pages.length + 2);
        for (const [index, page] of pages.entries()) {
          const start = starts[index] ?? 0;
          if (page === '') continue;
          expect(locatorOf(positions, text, start, start + page.length)).toEqual({
            unit: 'page',
            first: index + 1,
            last: index + 1,
          });
        }
        expect(extentOf(positions)).toEqual({ unit: 'page', read: pages.length, total: pages.length + 2 });
      }),
    );
  });
});

describe('the text of a page', () => {
  const piece = (str: string, y: number, hasEOL = false) => ({
    str,
    hasEOL,
    transform: [1, 0, 0, 1, 0, y],
    height: 10,
    width: str.length * 5,
    dir: 'ltr',
  });

  it('keeps lines, and a blank line between paragraphs', () => {
    const pieces = [piece('One ', 100), piece('line', 100, true), piece('two', 88, true), piece('New one', 60)];
    expect(pageText(pieces)).toBe('One line\ntwo\n\nNew one');
  });

  it('has characters where a program wrote radicals', () => {
    expect(plainIdeographs('灯塔看守⼈记下了51只⻦，⻢和⻩⻥')).toBe('灯塔看守人记下了51只鸟，马和黄鱼');
    expect(plainIdeographs('plain 文字')).toBe('plain 文字');
  });
});
