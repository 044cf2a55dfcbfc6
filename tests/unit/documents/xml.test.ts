import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { ReadBudget } from '../../../documents/budget.ts';
import { XmlScanner } from '../../../documents/xml/xml-scanner.ts';
import { openZip } from '../../../documents/zip/open-zip.ts';
import { checkout } from '../../support/beckon-app.ts';
import { expectLinear } from '../../support/growth.ts';
import { seededRandom } from '../../support/random.ts';

/** What was told, one line each; texts that follow one another are one. Null for XML that was refused. */
type Told = readonly string[] | null;

function told(tell: (say: (line: string) => void, text: (said: string) => void) => void): Told {
  const lines: string[] = [];
  let text = '';
  const tellText = () => {
    if (text !== '') lines.push(`text ${text}`);
    text = '';
  };
  try {
    tell(
      (line) => {
        tellText();
        lines.push(line);
      },
      (said) => {
        text += said;
      },
    );
    tellText();
    return lines;
  } catch {
    return null;
  }
}

function toldHere(pieces: readonly string[]): Told {
  return told((say, text) => {
    const scanner = new XmlScanner({
      open: (name, attributes) => {
        const all = attributes.all();
        const asked = Object.keys(all).map((key) => [key, attributes.get(key)]);
        say(`open ${name} ${JSON.stringify([Object.entries(all), asked])}`);
      },
      close: (name) => say(`close ${name}`),
      text,
    });
    for (const piece of pieces) scanner.write(piece);
    scanner.end();
  });
}

/** The same by another parser, which is well known. */
function toldBySaxes(pieces: readonly string[]): Told {
  return told((say, text) => {
    const parser = new SaxesParser({ xmlns: false, fragment: false, position: false });
    let depth = 0;
    const tell = (said: string) => {
      if (depth > 0) text(said);
    };
    parser.on('opentag', ({ name, attributes }) => {
      depth += 1;
      const all = Object.entries(attributes as Record<string, string>);
      say(`open ${name} ${JSON.stringify([all, all])}`);
    });
    parser.on('closetag', ({ name }) => {
      depth -= 1;
      say(`close ${name}`);
    });
    parser.on('text', tell);
    parser.on('cdata', tell);
    parser.on('error', (error) => {
      throw error;
    });
    for (const piece of pieces) parser.write(piece);
    parser.close();
  });
}

/** A text in pieces, cut where a hash of it says. */
function cut(text: string, count: number): readonly string[] {
  const random = seededRandom(createHash('sha256').update(text).digest().readUInt32LE(0));
  const places = Array.from({ length: count }, () => random(text.length + 1)).sort((one, other) => one - other);
  return [0, ...places].map((from, index) => text.slice(from, places[index] ?? text.length));
}

/** The XML in a packed document, by part. */
async function xmlOf(path: string): Promise<readonly (readonly [part: string, text: string])[]> {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = statSync(path).size;
    const zip = await openZip({ descriptor, name: path, bytes }, new ReadBudget(bytes));
    const parts: [string, string][] = [];
    for (const { name: part } of zip.members) {
      if (!/\.(?:xml|rels)$/.test(part)) continue;
      const chunks: Buffer[] = [];
      for await (const chunk of zip.chunks(part)) chunks.push(chunk);
      parts.push([part, Buffer.concat(chunks).toString('utf8')]);
    }
    return parts;
  } finally {
    closeSync(descriptor);
  }
}

const name = fc.constantFrom('a', 'w:p', 'table:table-cell', 'x_1', 'é');
const plain = fc.constantFrom(
  'word',
  ' ',
  '\n',
  '\r\n',
  '\r',
  'ü中',
  '&amp;',
  '&lt;',
  '&#65;',
  '&#x4e2d;',
  '>',
  '"',
  "'",
);
const attribute = fc
  .tuple(name, fc.constantFrom('=', ' = ', '\n='), fc.constantFrom('"', "'"), fc.array(plain, { maxLength: 4 }))
  .map(([key, is, quote, said]) => `${key}${is}${quote}${said.join('').replaceAll(quote, '')}${quote}`);
const attributes = fc
  .array(attribute, { maxLength: 3 })
  .map((all) =>
    [...new Map(all.map((one) => [/^[^\s=]+/.exec(one)?.[0], one])).values()].map((one) => ` ${one}`).join(''),
  );
const aside = fc.constantFrom('<!-- a > b -->', '<![CDATA[<b>&amp;]]>', '<?run it?>', '<![CDATA[]]>');
const { element } = fc.letrec<{ element: string; content: string }>((tie) => ({
  element: fc
    .tuple(name, attributes, tie('content'), fc.constantFrom('', ' ', '\n'))
    .map(([tag, said, content, blank]) =>
      content === '' ? `<${tag}${said}${blank}/>` : `<${tag}${said}${blank}>${content}</${tag}${blank}>`,
    ),
  content: fc
    .array(fc.oneof({ depthSize: 'small' }, plain, aside, tie('element')), { maxLength: 6 })
    .map((parts) => parts.join('')),
}));

describe('XML', () => {
  it('is told as another parser tells it, wherever it is cut', () => {
    const head = fc.constantFrom('', '<?xml version="1.0"?>\n', '\ufeff<!DOCTYPE html>', '<!-- head -->');
    fc.assert(
      fc.property(head, element, fc.nat(12), (before, root, count) => {
        const text = `${before}${root}\n`;
        const expected = toldBySaxes([text]);
        expect(expected).not.toBeNull();
        expect(toldHere([text])).toEqual(expected);
        expect(toldHere(cut(text, count))).toEqual(expected);
      }),
      { numRuns: 1500 },
    );
  });

  it('whose letters are gone or changed is told the same where another parser still takes it', () => {
    const signs = [...'<>/="\'&;a :!-[]?\u0001'];
    let refused = 0;
    fc.assert(
      fc.property(element, fc.nat(), fc.nat(), fc.nat(2), (root, place, sign, how) => {
        const at = place % root.length;
        const other = how === 0 ? '' : (signs[sign % signs.length] ?? '');
        const text = root.slice(0, at) + other + root.slice(at + (how === 1 ? 0 : 1));
        const expected = toldBySaxes([text]);
        const own = toldHere(cut(text, 3));
        if (expected === null) refused += 1;
        else expect(own).toEqual(expected);
      }),
      { numRuns: 3000 },
    );
    expect(refused).toBeGreaterThan(300);
  });

  it.each([
    ['another end', '<a><b></a></b>'],
    ['no end', '<a><b></b>'],
    ['an end too many', '<a></a></a>'],
    ['two roots', '<a/><b/>'],
    ['no root', '<?xml version="1.0"?>'],
    ['text behind it', '<a/>more'],
    ['a value without marks', '<a b=c/>'],
    ['an attribute without a value', '<a b/>'],
    ['a tag within a value', '<a b="<c/>"/>'],
    ['a lone ampersand', '<a>this & that</a>'],
    ['an entity of its own', '<a>&lol;</a>'],
    ['a number that is no character', '<a>&#xd800;</a>'],
    ['a sign that XML has not', '<a>\u0002</a>'],
    ['an end within a tag', '<a b="c'],
    ['an end within a comment', '<a><!-- </a>'],
    ['entities that it defines', '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'],
  ])('is refused with %s', (_, text) => {
    expect(toldHere([text])).toBeNull();
    expect(toldHere([...text])).toBeNull();
  });

  it.each([
    ['a comment', '<a><!--', 'x>', '--></a>'],
    ['a part that is text alone', '<a><![CDATA[', 'x>', ']]></a>'],
    ['an instruction', '<a><?b ', 'x>', '?></a>'],
    ['a text', '<a>', 'xy', '</a>'],
  ])('takes no more time than it is long, whatever comes in many pieces: %s', (_, before, inside, after) => {
    expectLinear((pieces) => {
      const piece = inside.repeat(2000);
      expect(toldHere([before, ...Array.from({ length: pieces }, () => piece), after])).not.toBeNull();
    }, 1600);
  });

  it.each(['x>', ' b=">"', ' '])('is refused where a tag never ends: %j', (inside) => {
    const scanner = new XmlScanner({ open: () => {}, close: () => {}, text: () => {} });
    const piece = inside.repeat(100_000);
    expect(() => {
      scanner.write(inside === 'x>' ? '<a b="' : '<a');
      for (let written = 0; written < 6_000_000; written += piece.length) scanner.write(piece);
    }).toThrow();
  });

  it('of the office programs of this folder is told the same', async () => {
    const folder = join(checkout, 'tests', 'corpus', 'facts');
    const packed = readdirSync(folder).filter((file) => /\.(?:docx|xlsx|pptx|odt|ods|odp)$/.test(file));
    let parts = 0;
    for (const file of packed) {
      for (const [part, text] of await xmlOf(join(folder, file))) {
        expect([file, part, toldHere(cut(text, 5))]).toEqual([file, part, toldBySaxes([text])]);
        parts += 1;
      }
    }
    expect(parts).toBeGreaterThan(150);
  });
});
