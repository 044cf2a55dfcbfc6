import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import CFB from 'cfb';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeOld } from '../../support/encode-old.ts';
import { type ReadParts, readParts } from '../../support/read-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-older-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(name: string, content: string | Buffer): Promise<ReadParts> {
  writeFileSync(join(folder, name), content);
  return readParts(join(folder, name));
}

function compound(streams: Readonly<Record<string, Buffer>>): Buffer {
  const container = CFB.utils.cfb_new();
  for (const [path, content] of Object.entries(streams)) CFB.utils.cfb_add(container, path, content);
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array);
}

/** A record of a presentation (MS-PPT, 2.3.1). */
function record(version: number, type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt16LE(version, 0);
  head.writeUInt16LE(type, 2);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

interface Word6 {
  readonly text: Buffer;
  readonly footnotes?: Buffer;
  readonly headers?: Buffer;
  /** In how many pieces, the last of which stands first in the file; 0 for a document that was saved at once. */
  readonly pieces?: number;
  readonly flags?: number;
  /** Of Word for East Asia, which keeps its text in UTF-16. */
  readonly magic?: number;
}

/** A document as Word 6 keeps it: a head of 360 bytes, the text, and the table of its pieces. */
function word6({ text, footnotes = Buffer.of(), headers = Buffer.of(), pieces = 0, flags = 0, magic }: Word6) {
  const head = Buffer.alloc(0x180);
  const all = Buffer.concat([text, footnotes, headers]);
  const width = magic === undefined ? 1 : 2;
  head.writeUInt16LE(magic ?? 0xa5dc, 0);
  head.writeUInt16LE(flags | (pieces > 0 ? 4 : 0) | (width === 2 ? 0x1000 : 0), 0x0a);
  head.writeUInt32LE(head.length, 0x18);
  for (const [index, part] of [text, footnotes, headers].entries())
    head.writeUInt32LE(part.length / width, 0x34 + index * 4);
  if (pieces === 0) return compound({ '/WordDocument': Buffer.concat([head, all]) });
  const size = width * Math.ceil(all.length / width / pieces);
  const parts = Array.from({ length: pieces }, (_, index) => all.subarray(index * size, (index + 1) * size));
  const stored: Buffer[] = [];
  const places = new Map<number, number>();
  let at = head.length;
  for (const index of [...parts.keys()].reverse()) {
    places.set(index, at);
    stored.push(parts[index] ?? Buffer.of());
    at += parts[index]?.length ?? 0;
  }
  const table = Buffer.alloc((pieces + 1) * 4 + pieces * 8);
  for (let piece = 0; piece <= pieces; piece += 1)
    table.writeUInt32LE(Math.min(piece * size, all.length) / width, piece * 4);
  for (const [piece, place] of places) table.writeUInt32LE(place, (pieces + 1) * 4 + piece * 8 + 2);
  const before = Buffer.from([1, 2, 0, 9, 9, 2, 0, 0, 0, 0]);
  before.writeUInt32LE(table.length, 6);
  head.writeUInt32LE(at, 0x160);
  head.writeUInt32LE(before.length + table.length, 0x164);
  return compound({ '/WordDocument': Buffer.concat([head, ...stored, before, table]) });
}

const western = (text: string) => encodeOld(text, 'windows-1252') ?? Buffer.of();

describe('a document of Word 6 or 95', () => {
  // All of them were said to be damaged.
  const said =
    'The keeper’s log\rLamp\u0007Oil\u0007\u0007North\u000714 l\u0007\u0007See \u0013PAGEREF x\u0014page 3\u0015.\r';

  it.each([0, 1, 3])('is read with its rows and the results of its fields, saved in %i pieces', async (pieces) => {
    const bytes = word6({ text: western(said), footnotes: western('A note.\r'), headers: western('HEADER\r'), pieces });
    const { text } = await read('log.doc', bytes);
    expect(text).toBe('The keeper’s log\n\nLamp | Oil\nNorth | 14 l\n\nSee page 3.\n\nA note.');
  });

  it('is read in the language that its bytes tell', async () => {
    const russian = 'Маяк построен в 1892 году. Ключ лежит в ящике у северного причала.';
    const text = encodeOld(russian, 'windows-1251') ?? Buffer.of();
    expect((await read('mayak.doc', word6({ text }))).text).toBe(russian);
  });

  it('says that it has a password, and that it is damaged where its pieces are missing', async () => {
    const text = western(said);
    await expect(read('locked.doc', word6({ text, flags: 0x100 }))).rejects.toMatchObject({ code: 'file/locked' });
    await expect(read('cut.doc', word6({ text, flags: 4 }))).rejects.toMatchObject({ code: 'file/damaged' });
  });
});

describe('a document of Word 6 or 95 for East Asia', () => {
  it.each([
    [0xa697, 0],
    [0xa698, 1],
    [0xa699, 3],
  ])('is read in UTF-16: %i, saved in %i pieces', async (magic, pieces) => {
    const text = Buffer.from('守塔人的日志\r灯\u0007油\u0007\u0007北塔\u000714 升\u0007\u0007See £ 3.\r', 'utf16le');
    const found = await read('log.doc', word6({ text, headers: Buffer.from('HEADER\r', 'utf16le'), pieces, magic }));
    expect(found.text).toContain('守塔人的日志');
    expect(found.text).toContain('北塔 | 14 升');
    expect(found.text).toContain('See £ 3.');
    expect(found.text).not.toContain('HEADER');
  });
});

describe('a sheet of Excel 2 to 4', () => {
  // "Holds no text" was said of each.
  it.each(['biff2', 'biff3', 'biff4'] as const)('is read: %s', async (bookType) => {
    const sheet = utils.aoa_to_sheet([
      ['Month', 'Boats'],
      ['March', 318],
    ]);
    const book = utils.book_new();
    utils.book_append_sheet(book, sheet, 'Sheet1');
    const bytes = Buffer.from(write(book, { type: 'buffer', bookType: bookType as 'biff2' }) as Uint8Array);
    expect((await read(`boats-${bookType}.xls`, bytes)).text).toContain('March | 318');
  });
});

describe('a document whose streams are named in another case', () => {
  it('is read like others (MS-CFB, 2.6.4)', async () => {
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([['Lamp', 14]]), 'Oil');
    const whole = CFB.read(write(book, { type: 'buffer', bookType: 'biff8' }), { type: 'buffer' });
    const content = whole.FileIndex[whole.FullPaths.findIndex((path) => path.endsWith('/Workbook'))]?.content;
    const { text } = await read('capitals.xls', compound({ '/WORKBOOK': Buffer.from(content as Uint8Array) }));
    expect(text).toContain('Lamp | 14');
  });
});

describe('a text of a Word that is older still', () => {
  it.each(['\xdb\xa5\x2d\0', '\x31\xbe\0\0', '\xfe\x37\0\x1c'])('is named, not called no text: %j', async (begins) => {
    const bytes = Buffer.concat([Buffer.from(begins, 'latin1'), Buffer.alloc(400), Buffer.from('words')]);
    await expect(read('old.doc', bytes)).rejects.toMatchObject({ code: 'file/not-yet' });
  });
});

describe('a message of Outlook whose texts are in bytes', () => {
  const letter = (label: string, page: number | null) => {
    const properties = Buffer.alloc(page === null ? 32 : 48);
    if (page !== null) {
      properties.writeUInt32LE(0x3ffd0003, 32);
      properties.writeUInt32LE(page, 40);
    }
    return compound({
      '/__properties_version1.0': properties,
      '/__substg1.0_0037001E': encodeOld('Маяк', label) ?? Buffer.of(),
      '/__substg1.0_1000001E': encodeOld('Ключ лежит в ящике, а верёвка у северного причала.', label) ?? Buffer.of(),
    });
  };

  // Each text was judged by itself, and without anybody who knows languages: Russian was read as Chinese.
  it.each([
    ['says it', 'windows-1251', 1251],
    ['does not say it', 'windows-1251', null],
    ['does not say it', 'koi8-r', null],
  ] as const)('is read in one encoding, where it %s: %s', async (_, label, page) => {
    const { text } = await read('letter.msg', letter(label, page));
    expect(text).toBe('Subject: Маяк\n\nКлюч лежит в ящике, а верёвка у северного причала.');
  });

  it('is read by its page, where that is kept as a text', async () => {
    const html = Buffer.from('<p>It burns <b>14</b> litres.</p>');
    const bytes = compound({ '/__properties_version1.0': Buffer.alloc(32), '/__substg1.0_1013001E': html });
    expect((await read('page.msg', bytes)).text).toBe('It burns 14 litres.');
  });
});

describe('a message of Outlook with others in it', () => {
  const wide = (text: string) => Buffer.from(text, 'utf16le');
  const attached = (number: number) => `/__attach_version1.0_#0000000${number}`;
  const passedOn = `${attached(1)}/__substg1.0_3701000D`;

  it('is read with text that is attached and with what was passed on, each at its place', async () => {
    const found = await read(
      'letter.msg',
      compound({
        '/__properties_version1.0': Buffer.alloc(32),
        '/__substg1.0_1000001F': wide('The fee is below.'),
        [`${attached(0)}/__substg1.0_3707001F`]: wide('fee.csv'),
        [`${attached(0)}/__substg1.0_37010102`]: Buffer.from('Lamp;14\nOil;7\n'),
        [`${attached(1)}/__substg1.0_3707001F`]: wide('Before'),
        [`${passedOn}/__properties_version1.0`]: Buffer.alloc(24),
        [`${passedOn}/__substg1.0_0037001F`]: wide('Before'),
        [`${passedOn}/__substg1.0_1000001F`]: wide('The keeper asked first.'),
        [`${passedOn}${attached(0)}/__substg1.0_3707001F`]: wide('lamp.png'),
        [`${passedOn}${attached(0)}/__substg1.0_37010102`]: Buffer.from('picture'),
      }),
    );
    const places = found.sections.map(({ locator, text }) => [locator, text]);
    expect(places).toEqual([
      [{ unit: 'message', first: 1, last: 1, part: null }, expect.stringContaining('The fee is below.')],
      [{ unit: 'message', first: 1, last: 1, part: 'fee.csv' }, 'Lamp;14\nOil;7'],
      [{ unit: 'message', first: 2, last: 2, part: null }, expect.stringContaining('The keeper asked first.')],
    ]);
    expect(found.sections[2]?.text).toContain('Attachment: lamp.png');
    expect(found.sections[0]?.text).not.toContain('lamp.png');
  });
});

describe('a message whose kind is none', () => {
  it('is text (RFC 2045, 5.2)', async () => {
    const mail = 'From: a@b.example\r\nTo: c@d.example\r\nSubject: Lamp\r\nDate: Fri, 4 May 2001 14:05:44 -0400\r\n';
    const { text } = await read('plain.eml', `${mail}Content-Type: text\r\n\r\nIt burns 14 litres.\r\n`);
    expect(text).toContain('It burns 14 litres.');
  });
});

describe('a table of a page', () => {
  // All of these were lost.
  it('keeps its caption, what stands beside its cells, and a table that begins before it ended', async () => {
    const page = `<!doctype html><body><table><caption>Boats in March</caption><thead><tr><th>Day</th><th>Boats</th></tr></thead>
      Beside <table><caption>Summary</caption><tr><td>All</td><td>318</td></table></table><p>End`;
    const { text } = await read('tables.html', page);
    expect(text).toBe('Boats in March\n\nDay | Boats\n\nBeside\n\nSummary\n\nAll | 318\n\nEnd');
  });

  it('in a cell of another is still the text of that cell', async () => {
    const page =
      '<!doctype html><table><tr><td>a<table><tr><td>b</td><td>c</td></tr></table></td><td>d</td></tr></table>';
    expect((await read('nested.html', page)).text).toBe('a / b | c | d');
  });
});

describe('a slide of before 2007', () => {
  it('is read with letters that are drawn as a shape', async () => {
    const text = Buffer.from('Fair winds\0', 'utf16le');
    const property = (id: number, value: number) => {
      const bytes = Buffer.alloc(6);
      bytes.writeUInt16LE(id, 0);
      bytes.writeUInt32LE(value, 2);
      return bytes;
    };
    const name = Buffer.from('picture', 'utf16le');
    const properties = [property(0x7f, 1), property(0xc105, name.length), property(0xc0c0, text.length)];
    const shape = record((properties.length << 4) | 3, 0xf00b, Buffer.concat([...properties, name, text]));
    const outline = record(0x0f, 0x0ff0, record(0, 0x03f3, Buffer.alloc(20)));
    const stream = Buffer.concat([record(0x0f, 0x03e8, outline), record(0x0f, 0x03ee, shape)]);
    expect((await read('drawn.ppt', compound({ '/PowerPoint Document': stream }))).text).toBe('Fair winds');
  });

  it('is that of the last save, at its place, where slides were moved and changed since they were first saved', async () => {
    const numbers = (...all: readonly number[]) => {
      const bytes = Buffer.alloc(4 * all.length);
      for (const [index, number] of all.entries()) bytes.writeUInt32LE(number, 4 * index);
      return bytes;
    };
    const slide = (text: string) => record(0x0f, 0x03ee, record(0, 0x0fa0, Buffer.from(text, 'utf16le')));
    const listed = (object: number) => record(0, 0x03f3, numbers(object, 0, 0, 255 + object, 0));
    const list = record(0x0f, 0x0ff0, Buffer.concat([listed(3), listed(2)]));
    // Object 1 is the document, 2 and 3 are slides; what object 3 said at first is still there.
    const objects = [slide('Beta'), slide('Alpha before'), record(0x0f, 0x03e8, list), slide('Alpha')];
    const at = objects.map((_, index) => Buffer.concat(objects.slice(0, index)).length);
    const body = Buffer.concat(objects);
    const first = record(0, 0x1772, numbers(1 | (3 << 20), at[2] ?? 0, at[0] ?? 0, at[1] ?? 0));
    const firstSave = record(0, 0x0ff5, numbers(0, 0, 0, body.length, 1, 4, 0));
    const saveAt = body.length + first.length;
    const last = record(0, 0x1772, numbers(3 | (1 << 20), at[3] ?? 0));
    const lastSave = record(0, 0x0ff5, numbers(0, 0, saveAt, saveAt + firstSave.length, 1, 4, 0));
    const lastAt = saveAt + firstSave.length + last.length;
    const streams = {
      '/PowerPoint Document': Buffer.concat([body, first, firstSave, last, lastSave]),
      '/Current User': Buffer.concat([Buffer.alloc(16), numbers(lastAt)]),
    };
    const { sections } = await read('moved.ppt', compound(streams));
    expect(sections.map(({ text }) => text)).toEqual(['Alpha', 'Beta']);
  });

  it('is that of PowerPoint 97 where it was saved for 95 as well', async () => {
    const said = record(0, 0x0fa0, Buffer.from('Fair winds', 'utf16le'));
    const outline = record(0x0f, 0x0ff0, Buffer.concat([record(0, 0x03f3, Buffer.alloc(20)), said]));
    const streams = {
      '/PowerPoint Document': record(3, 0, Buffer.alloc(200)),
      '/PP97_DUALSTORAGE/PowerPoint Document': record(0x0f, 0x03e8, outline),
    };
    expect((await read('both.ppt', compound(streams))).text).toBe('Fair winds');
  });

  it('of PowerPoint 95 alone, of 4 or encrypted is said to be so, and not that there is no text in it', async () => {
    const slides = record(3, 0, Buffer.alloc(200));
    const refuses = (streams: Readonly<Record<string, Buffer>>, code: string) =>
      expect(read('old.ppt', compound(streams))).rejects.toMatchObject({ code });
    await refuses({ '/PowerPoint Document': slides, '/PersistentStorage Directory': slides }, 'file/not-yet');
    await refuses({ '/PP40': slides }, 'file/not-yet');
    const user = record(0, 0x0ff6, Buffer.from('14000000dfc4d1f3', 'hex'));
    await refuses({ '/PowerPoint Document': slides, '/Current User': user }, 'file/locked');
  });
});
