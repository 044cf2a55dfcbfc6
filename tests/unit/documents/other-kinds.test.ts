import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import CFB from 'cfb';
import { afterAll, describe, expect, it } from 'vitest';
import { encodeOld } from '../../support/encode-old.ts';
import { makeEpub, makeZip } from '../../support/make-zip.ts';
import { placeOf, type ReadParts, readParts } from '../../support/read-parts.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-kinds-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function read(name: string, content: string | Buffer): Promise<ReadParts> {
  writeFileSync(join(folder, name), content);
  return readParts(join(folder, name));
}

const places = (parts: ReadParts, facts: readonly (readonly [string, string])[]) =>
  facts.map(([said]) => [said, placeOf(parts, said)]);

describe('a page', () => {
  const article = `<h1>The lamp</h1><p>It burns  14 litres
    of oil.</p><h2>Care &amp; use</h2><ol><li>Wind the clock</li><li>Ring the bell<ul><li>Eleven times</li></ul></li></ol>
    <table><tr><th>Month</th><th>Boats</th></tr><tr><td>March</td><td>318</td></tr><tr><td colspan=2>All checked</td></tr></table>
    <pre>first
  second</pre><p>${'The keeper writes it down. '.repeat(12)}</p><p hidden>HIDDEN</p><p style="display: none">UNSEEN</p>
    <script>SCRIPT()</script><img src="http://192.0.2.1/x.png" alt="a tower">`;

  it('is read with its headings, items and tables, without menus, scripts and what is not shown', async () => {
    const page = `<!DOCTYPE html><title>Harbour</title><nav><a href=/>HOME</a></nav><main>${article}</main><footer>IMPRINT</footer>`;
    const parts = await read('page.html', page);
    const facts = [
      ['It burns 14 litres of oil.', 'The lamp'],
      ['1. Wind the clock', 'The lamp > Care & use'],
      ['2. Ring the bell', 'The lamp > Care & use'],
      ['  - Eleven times', 'The lamp > Care & use'],
      ['March | 318', 'The lamp > Care & use'],
      ['first\n  second', 'The lamp > Care & use'],
      ['[a tower]', 'The lamp > Care & use'],
    ] as const;
    expect(places(parts, facts)).toEqual(facts);
    expect(parts.text).not.toMatch(/HOME|IMPRINT|HIDDEN|UNSEEN|SCRIPT/);
    expect(parts.parts).toContainEqual({ type: 'note', note: { note: 'left-out', part: 'hidden-text', count: 2 } });
  });

  it('of which nothing is named its content is read whole, in the encoding that it says', async () => {
    const page = '<html><meta charset=gbk><title>港口手册</title><div>灯塔建于一八九二年</div><p>缆绳长六十二米';
    const parts = await read('page.htm', encodeOld(page, 'gb18030') ?? Buffer.of());
    expect(parts.text).toBe('# 港口手册\n\n灯塔建于一八九二年\n\n缆绳长六十二米');
    expect(parts.parts.filter(({ type }) => type === 'note')).toEqual([]);
  });
});

describe('an e-book', () => {
  it('is read in the order of its chapters, by what is in it and not by its name', async () => {
    const book = makeEpub([
      '<h1>One</h1><p>The tower stands.</p>',
      '<h1>Two</h1><h2>Night</h2><p>灯塔在夜里亮着。</p>',
    ]);
    const parts = await read('book.zip', book);
    expect(parts.parts[0]).toMatchObject({ kind: 'book' });
    const facts = [
      ['The tower stands.', 'One'],
      ['灯塔在夜里亮着。', 'Two > Night'],
    ] as const;
    expect(places(parts, facts)).toEqual(facts);
  });
});

describe('a message', () => {
  const passedOn = 'From: Otto <otto@a.example>\r\nSubject: The bell\r\n\r\nIt rings eleven times.\r\n';
  const mail = [
    'From: =?gb2312?B?wdbDtw==?= <lin@a.example>',
    'To: Marta <marta@a.example>, ana@a.example',
    'Subject: =?UTF-8?B?5riv5Y+j?=',
    'Date: Mon, 5 Jan 2026 08:30:00 +0100',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=B',
    '',
    '--B',
    'Content-Type: text/html; charset=utf-8',
    '',
    '<p>The fee is <b>940</b> crowns.</p><ul><li>Bring the key</li></ul>',
    '--B',
    "Content-Type: text/csv; name*=UTF-8''%E8%88%B9.csv",
    'Content-Disposition: attachment',
    '',
    'Month,Boats\r\nMarch,318',
    '--B',
    'Content-Type: image/png; name=tower.png',
    'Content-Disposition: attachment; filename=tower.png',
    'Content-Transfer-Encoding: base64',
    '',
    'iVBORw0KGgo=',
    '--B',
    'Content-Type: message/rfc822',
    '',
    passedOn,
    '--B--',
  ].join('\r\n');

  it('is read with who and when, what is attached to it, and what was passed on in it', async () => {
    const parts = await read('letter.eml', mail);
    expect(parts.parts[0]).toMatchObject({ kind: 'mail', unit: 'message', total: 2 });
    expect(parts.text).toContain(
      'From: 林梅 <lin@a.example>\nTo: Marta <marta@a.example>, ana@a.example\nDate: 2026-01-05T07:30:00.000Z\nSubject: 港口',
    );
    expect(parts.text).toContain('Attachment: tower.png (image/png)');
    expect(parts.text).toContain('The fee is 940 crowns.\n- Bring the key');
    const locators = parts.sections.map(({ locator }) => locator);
    expect(locators).toEqual([
      { unit: 'message', first: 1, last: 1, part: null },
      { unit: 'message', first: 1, last: 1, part: '船.csv' },
      { unit: 'message', first: 2, last: 2, part: null },
    ]);
    expect(placeOf(parts, 'eleven times')).toBe('2');
  });
});

/** A message as Outlook keeps it, with these streams. */
function makeMsg(streams: Readonly<Record<string, Buffer | string>>): Buffer {
  const container = CFB.utils.cfb_new();
  for (const [path, content] of Object.entries(streams))
    CFB.utils.cfb_add(container, path, Buffer.isBuffer(content) ? content : Buffer.from(content, 'utf16le'));
  return Buffer.from(CFB.write(container, { type: 'buffer' }) as Uint8Array);
}

describe('a message of Outlook', () => {
  const properties = Buffer.alloc(48);
  properties.writeUInt32LE(0x00390040, 32);
  properties.writeBigUInt64LE(BigInt(Date.UTC(2026, 0, 5, 7, 30)) * 10_000n + 116_444_736_000_000_000n, 40);
  const head = {
    '/__properties_version1.0': properties,
    '/__substg1.0_0037001F': '港口',
    '/__substg1.0_0C1A001F': '林梅',
    '/__substg1.0_5D01001F': 'lin@a.example',
    '/__substg1.0_0E04001F': 'Marta; Ana',
    '/__attach_version1.0_#00000000/__substg1.0_3707001F': 'tower.png',
  };

  it('is read with who and when, and the names of what is attached', async () => {
    const parts = await read(
      'letter.msg',
      makeMsg({ ...head, '/__substg1.0_1000001F': 'The fee is 940 crowns.\r\nBring the key.' }),
    );
    expect(parts.parts[0]).toMatchObject({ kind: 'mail', unit: 'message' });
    expect(parts.text).toBe(
      'From: 林梅 <lin@a.example>\nTo: Marta; Ana\nDate: 2026-01-05T07:30:00.000Z\nSubject: 港口\nAttachment: tower.png\n\nThe fee is 940 crowns.\nBring the key.',
    );
  });

  it('that is only a page is read as the page shows it', async () => {
    const html = Buffer.from('<html><body><p>费用是<b>940</b>元。</p></body></html>');
    const parts = await read('page.msg', makeMsg({ ...head, '/__substg1.0_10130102': html }));
    expect(parts.text).toContain('\n\n费用是940元。');
  });

  it('is told from a document of today with a password, which is refused with its own sentence', async () => {
    const locked = makeMsg({ '/EncryptedPackage': Buffer.alloc(5000), '/EncryptionInfo': Buffer.alloc(200) });
    await expect(read('plan.docx', locked)).rejects.toMatchObject({ code: 'file/locked' });
  });
});

describe('subtitles', () => {
  const srt =
    '1\r\n00:00:01,000 --> 00:00:02,500\r\n<i>The lamp</i> is lit.\r\n\r\n2\r\n01:02:03,004 --> 01:02:05,000\r\n灯塔亮了。\r\n';
  const vtt =
    'WEBVTT\n\nNOTE nothing\n\n00:01.000 --> 00:02.500\n<v Marta>The lamp is lit.</v>\n\n01:02:03.004 --> 01:02:05.000\n灯塔亮了。\n';

  it.each([
    ['film.srt', srt, 'The lamp is lit.'],
    ['film.vtt', vtt, 'Marta: The lamp is lit.'],
  ])('are read by the time they are shown: %s', async (name, content, said) => {
    const parts = await read(name, content);
    expect(parts.text).toContain(said);
    expect(parts.text).not.toMatch(/-->|<|NOTE/);
    // An hour lies between them, so that one place for both would say nothing.
    expect(parts.sections[0]?.locator).toEqual({ unit: 'time', startMs: 1000, endMs: 2500 });
    expect(parts.sections.at(-1)?.locator).toMatchObject({ unit: 'time', endMs: 3_725_000 });
  });
});

describe('a rich text', () => {
  it.each([
    [
      'words of an old Chinese font',
      "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0\\fcharset134 SimSun;}}\\f0 \\'b5\\'c6\\'cb\\'fe\\par}",
      '灯塔',
    ],
    [
      'signs by their number, and what stands for them in old programs',
      '{\\rtf1\\uc1\\u28783?\\u22612? A\\uc0\\u233 b}',
      '灯塔 Aéb',
    ],
    ['a Russian code page', "{\\rtf1\\ansi\\ansicpg1251 \\'cc\\'e0\\'ff\\'ea}", 'Маяк'],
    [
      'a table',
      '{\\rtf1\\trowd A\\cell B\\cell\\row\\trowd C\\cell D\\cell\\row\\pard End\\par}',
      'A | B\nC | D\n\nEnd',
    ],
    ['what is no text', '{\\rtf1{\\*\\unknown NO}{\\pict\\bin3 }}\\}{\\info{\\title NO}}yes \\{1\\}}', 'yes {1}'],
    ['a link', '{\\rtf1{\\field{\\*\\fldinst HYPERLINK "http://x.example"}{\\fldrslt the chart}}}', 'the chart'],
  ])('is read with %s', async (_, source, text) => {
    expect((await read('a.rtf', source)).text).toBe(text);
  });
});

describe('an archive', () => {
  it('is read as the list of what is in it, with names of any encoding, and nothing of it is unpacked', async () => {
    const gbk = encodeOld('灯塔.txt', 'gb18030') ?? Buffer.of();
    const names = Buffer.from(
      makeZip([
        { name: 'XXXX.txt', content: 'a', says: { flags: 0 } },
        { name: '../evil\n.sh', content: 'b'.repeat(3000) },
      ]),
    );
    const bytes = Buffer.from(names.toString('latin1').replaceAll('XXXX.txt', gbk.toString('latin1')), 'latin1');
    const parts = await read('files.zip', bytes);
    expect(parts.parts[0]).toMatchObject({ kind: 'archive', unit: 'file', total: 2 });
    expect(parts.text).toBe('灯塔.txt\t1 B\n../evil\uFFFD.sh\t3000 B');
  });
});
