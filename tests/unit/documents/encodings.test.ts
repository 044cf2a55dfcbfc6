import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sniff } from '../../../documents/sniff.ts';
import { decodeBytes } from '../../../documents/text/decode.ts';
import { type Detector, loadDetector } from '../../../documents/text/detector.ts';
import { encodeOld } from '../../support/encode-old.ts';
import { chineseWords, contexts, inGbk, inWindows1252, westernWords } from '../../support/old-texts.ts';
import { readParts } from '../../support/read-parts.ts';

const texts: readonly (readonly [string, string])[] = [
  ['big5', '品項,數量,負責人\n燈油,一百二十,林梅\n銅鑰匙,七,陳大文\n纜繩的長度是六十二公尺，燈塔建於一八九二年。\n'],
  ['shift_jis', '品名,数量,担当者\nランプの油,120,鈴木\n灯台は1892年に建てられました。鍵は箱の中にあります。\n'],
  ['euc-jp', '灯台は1892年に建てられました。鍵は箱の中にあります。北の桟橋のロープは長さが62メートルです。\n'],
  ['euc-kr', '품목,수량,담당자\n등유,120,김민수\n등대는 1892년에 지어졌습니다. 열쇠는 상자 안에 있습니다.\n'],
  ['windows-1251', 'Товар;Количество;Ответственный\nЛампа;120;Иванов\nМаяк был построен в 1892 году.\n'],
  ['koi8-r', 'Маяк был построен в 1892 году. Ключ лежит в ящике, а верёвка у северного причала.\n'],
  [
    'windows-1250',
    'Maják byl postaven roku 1892. Žádné lodě nesmějí projíždět kolem červené bóje. Klíč leží v krabici a lano u severního mola měří šedesát dva metrů.\n',
  ],
  ['windows-1253', 'Ο φάρος χτίστηκε το 1892. Το κλειδί βρίσκεται στο κουτί και το σχοινί στην προβλήτα.\n'],
  [
    'windows-1254',
    'Deniz feneri 1892 yılında inşa edildi. Anahtar kutunun içinde, halat ise kuzey iskelesindedir. Işık yanıyor.\n',
  ],
  ['windows-1255', 'המגדלור נבנה בשנת 1892. המפתח נמצא בתוך הקופסה והחבל נמצא ליד המזח הצפוני.\n'],
  ['windows-874', 'ประภาคารสร้างขึ้นในปี 1892 กุญแจอยู่ในกล่อง และเชือกอยู่ที่ท่าเรือทางเหนือ\n'],
];
const wide = [
  '灯塔建于1892年，钥匙在箱子里。\n',
  'The lighthouse was built in 1892.\r\n',
  'Маяк построен в 1892 году.\n',
];
const folder = mkdtempSync(join(tmpdir(), 'beckon-encodings-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let detector: Detector;
beforeAll(async () => {
  detector = await loadDetector();
});

describe('a text of before UTF-8', () => {
  it.each(texts)('is read in the encoding that its language tells, and said to be a guess: %s', (label, text) => {
    const bytes = encodeOld(text, label) ?? Buffer.of();
    expect(bytes.length).toBeGreaterThan(60);
    expect(decodeBytes(bytes, detector)).toEqual({ text, encoding: expect.any(String), isGuess: true });
  });

  it.each(wide)('is read in UTF-16 without a mark, in either order: %j', (text) => {
    const little = Buffer.from(text.repeat(3), 'utf16le');
    for (const bytes of [little, Buffer.from(little).swap16()]) {
      expect(sniff(bytes, 'export.txt')).toEqual({ kind: 'text' });
      expect(decodeBytes(bytes, detector)).toMatchObject({ text: text.repeat(3), isGuess: true });
    }
  });

  it('stays Western or Chinese where it is that, however few its signs are', () => {
    const samples = [
      ...Object.values(westernWords).map((words) => [words, inWindows1252] as const),
      [chineseWords, inGbk] as const,
    ].flatMap(([words, encode]) =>
      words.flatMap((word, index) =>
        Object.values(contexts).map((around) => {
          const text = around(word, words[(index + 1) % words.length] ?? '');
          return { text, bytes: encode(text) };
        }),
      ),
    );
    const wrong = samples.filter(({ text, bytes }) => bytes !== null && decodeBytes(bytes, detector)?.text !== text);
    expect(samples.length).toBeGreaterThan(1000);
    expect(wrong).toEqual([]);
  });

  it.each(texts)('is told by its words also where most of a page is its mark-up: %s', (label, text) => {
    const markUp = Array.from(
      { length: 120 },
      (_, item) => `<item class="entry"><link>http://a.example/${item}</link></item>`,
    );
    const page = `${markUp.join('\n')}\n<p>${text}</p>\n${markUp.join('\n')}`;
    expect(decodeBytes(encodeOld(page, label) ?? Buffer.of(), detector)?.text).toBe(page);
  });

  it('is no guess where it says itself what it is in', () => {
    const page = '<html><head><meta charset="big5"></head><body>燈塔建於一八九二年</body></html>';
    const xml = '<?xml version="1.0" encoding="windows-1251"?><t>Маяк</t>';
    expect(decodeBytes(encodeOld(page, 'big5') ?? Buffer.of(), detector)).toMatchObject({ text: page, isGuess: false });
    expect(decodeBytes(encodeOld(xml, 'windows-1251') ?? Buffer.of(), detector)).toMatchObject({
      text: xml,
      isGuess: false,
    });
  });

  it('tells with its sections that it was guessed, and an honest one tells nothing', async () => {
    const notes = async (name: string, bytes: Buffer) => {
      writeFileSync(join(folder, name), bytes);
      return (await readParts(join(folder, name))).parts.filter(({ type }) => type === 'note');
    };
    expect(await notes('old.csv', encodeOld(texts[0]?.[1] ?? '', 'big5') ?? Buffer.of())).toEqual([
      { type: 'note', note: { note: 'encoding-guessed', encoding: 'big5' } },
    ]);
    expect(await notes('new.csv', Buffer.from(texts[0]?.[1] ?? ''))).toEqual([]);
    expect(await notes('plain.md', Buffer.from('# plain\n'))).toEqual([]);
  });
});

describe('a text with NUL bytes', () => {
  it('is read without them where its writer was ended, and is no text where there are many', async () => {
    const log = Buffer.from(`${'08:15 the lamp was lit\n'.repeat(20)}\0\0\0${'09:00 put out\n'.repeat(20)}`);
    writeFileSync(join(folder, 'lamp.log'), log);
    const { text } = await readParts(join(folder, 'lamp.log'));
    expect(text).toBe(log.toString().replaceAll('\0', ''));
    const random = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * index * 31 + index * 7) & 0xff));
    expect(sniff(random, 'a.txt')).toEqual({ notYet: null, kind: null });
    expect(sniff(Buffer.from(Uint16Array.from({ length: 2000 }, (_, index) => index % 97).buffer), 'a.txt')).toEqual({
      notYet: null,
      kind: null,
    });
  });
});
