import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { afterAll, describe, expect, it } from 'vitest';
import { betweenSections } from '../../../contract/document.ts';
import { type ReaderPart, readerPartSchema } from '../../../contract/reader.ts';
import { readDocument } from '../../../documents/read-document.ts';
import { headingsIn } from '../../../documents/text/headings.ts';
import { sectionsOfMarkdown } from '../../../documents/text/read-markdown.ts';
import { expectLinear } from '../../support/growth.ts';
import { makePdf } from '../../support/pdf.ts';

const folder = mkdtempSync(join(tmpdir(), 'beckon-sections-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

type Section = Extract<ReaderPart, { type: 'section' }>;

/** Everything a reader says of a file from a place on, checked; stops after so many sections when told to. */
async function read(
  name: string,
  content: string | Buffer,
  resume: string | null = null,
  most = Number.POSITIVE_INFINITY,
): Promise<{ readonly parts: readonly ReaderPart[]; readonly sections: readonly Section[] }> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const descriptor = openSync(path, 'r');
  const parts: ReaderPart[] = [];
  const sections: Section[] = [];
  try {
    const isOver = () => sections.length >= most;
    for await (const part of readDocument({ descriptor, name, bytes: statSync(path).size }, { resume, isOver })) {
      parts.push(readerPartSchema.parse(part));
      if (part.type === 'section') sections.push(part);
    }
  } finally {
    closeSync(descriptor);
  }
  return { parts, sections };
}

function joined(sections: readonly Section[]): string {
  return sections
    .map(({ text, locator }, index) => {
      const before = sections[index - 1];
      return (before === undefined ? '' : betweenSections(before.locator, locator)) + text;
    })
    .join('');
}

const lines = Array.from({ length: 3000 }, (_, index) => `Line ${index + 1} of the log of the harbour.`).join('\n');
const book = Array.from(
  { length: 40 },
  (_, index) => `# Chapter ${index + 1}\n\n## Morning\n\n${'The keeper writes. '.repeat(60)}\n`,
).join('\n');
const pdf = makePdf(['One.', 'Two.', 'Three.', 'Four.'], 'latin');

const documents: readonly (readonly [string, string | Buffer, string])[] = [
  ['log.txt', lines, 'line'],
  ['code.ts', lines, 'line'],
  ['one-line.txt', 'word '.repeat(20_000).trim(), 'line'],
  ['book.md', book, 'line'],
  ['pages.pdf', pdf, 'page'],
];

describe('a document', () => {
  it.each(documents)('is read in sections that are its text, one after another: %s', async (name, content, unit) => {
    const { parts, sections } = await read(name, content);
    expect(parts[0]).toMatchObject({ type: 'kind', unit });
    expect(parts.at(-1)).toEqual({ type: 'finish', whole: true });
    expect(sections.length).toBeGreaterThan(3);
    expect(joined(sections)).toBe(typeof content === 'string' ? content : 'One.\n\nTwo.\n\nThree.\n\nFour.');
    const reads = sections.map(({ read: count }) => count);
    expect(reads).toEqual([...reads].sort((one, other) => one - other));
  });

  it.each(documents)(
    'is gone on with after any of its sections, as if it had never stopped: %s',
    async (name, content) => {
      const { sections } = await read(name, content);
      for (const at of new Set([0, 1, Math.floor(sections.length / 2), sections.length - 1])) {
        const rest = await read(name, content, sections[at]?.resume ?? null);
        expect(rest.sections).toEqual(sections.slice(at + 1));
        expect(rest.parts.at(-1)).toEqual({ type: 'finish', whole: true });
      }
    },
  );

  it('whose reader has no more time tells that it is not whole, and never stops without a step forward', async () => {
    let resume: string | null = null;
    const texts: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const { parts, sections } = await read('pages.pdf', pdf, resume, 0);
      texts.push(...sections.map(({ text }) => text));
      resume = sections.at(-1)?.resume ?? null;
      expect(parts.at(-1)).toEqual({ type: 'finish', whole: round === 3 });
    }
    expect(texts).toEqual(['One.', 'Two.', 'Three.', 'Four.']);
  });

  it.each(['', 'x', '-1', '1e9', '9'.repeat(30), '../etc'])('has no place %j to go on from', async (token) => {
    await expect(read('log.txt', lines, token)).rejects.toMatchObject({ code: 'file/unreadable' });
    await expect(read('pages.pdf', pdf, token)).rejects.toMatchObject({ code: 'file/unreadable' });
  });
});

describe('the sections of Markdown', () => {
  it('know the headings above them and the lines they are on', () => {
    const text =
      'Before.\n\n# Set **up**\nOne.\n## [Linux](http://a.b) #\nTwo.\n### Debian\n## macOS\nThree.\n\nUse\n===\nFour.\n';
    expect([...sectionsOfMarkdown(text)].map(({ locator }) => locator)).toEqual([
      { unit: 'line', first: 1, last: 2 },
      { unit: 'heading', path: ['Set up'], lines: { first: 3, last: 4 } },
      { unit: 'heading', path: ['Set up', 'Linux'], lines: { first: 5, last: 6 } },
      { unit: 'heading', path: ['Set up', 'Linux', 'Debian'], lines: { first: 7, last: 7 } },
      { unit: 'heading', path: ['Set up', 'macOS'], lines: { first: 8, last: 10 } },
      { unit: 'heading', path: ['Use'], lines: { first: 11, last: 13 } },
    ]);
  });

  it('are its whole text, with lines that go on, whatever stands in it', () => {
    const piece = fc.constantFrom('# A\n', '## B\n', 'text\n', '\n', '---\n', '```\n', '- x\n', '> q\n', '====\n', 'x');
    const texts = fc.array(piece, { minLength: 1, maxLength: 40 }).map((list) => list.join(''));
    fc.assert(
      fc.property(texts, (text) => {
        const sections = [...sectionsOfMarkdown(text)];
        expect(sections.map((section) => section.text).join('')).toBe(text);
        let line = 1;
        for (const { locator, text: own, read: count } of sections) {
          const at = locator.unit === 'heading' ? locator.lines : locator;
          expect(at).toMatchObject({ first: line });
          line += own.split('\n').length - 1;
          expect(count).toBe(line - (own.endsWith('\n') ? 1 : 0));
        }
      }),
      { numRuns: 500 },
    );
  });

  it('of a file of nothing but headings stay few, and the text whole', async () => {
    const text = '# a\n'.repeat(200_000);
    const { sections } = await read('headings.md', text);
    expect(joined(sections)).toBe(text);
    expect(sections.length).toBeLessThan(6000);
  });

  it.each([
    ['# ', 'x'],
    ['', '#'],
    ['', '`'],
    ['<', 'a '],
    ['', '# a\n'],
  ])('of one endless line, or of marks that never end, take no more time than they are long: %s%s', (before, piece) => {
    expectLinear((size) => {
      const text = before + piece.repeat(size / piece.length);
      expect([...sectionsOfMarkdown(text)].map((section) => section.text).join('')).toBe(text);
    }, 1_000_000);
  });
});

/** The headings that CommonMark knows, outside of lists, quotes and the rest. */
function headingsOfCommonMark(text: string): readonly string[] {
  return fromMarkdown(text).children.flatMap((node) =>
    node.type === 'heading' ? [`${node.depth}@${text.slice(0, node.position?.start.offset).split('\n').length}`] : [],
  );
}

function headingsOf(text: string): readonly string[] {
  return [...headingsIn(text)].map(({ start, depth }) => `${depth}@${text.slice(0, start).split('\n').length}`);
}

describe('the headings of a text', () => {
  it.each(['README.md', 'docs/ARCHITECTURE.md', 'docs/naming.md', 'docs/threat-model.md', 'docs/dependencies.md'])(
    'are those of CommonMark: %s',
    (path) => {
      const text = readFileSync(path, 'utf8');
      expect(headingsOf(text)).toEqual(headingsOfCommonMark(text));
      expect(headingsOf(text).length).toBeGreaterThan(0);
    },
  );

  it.each([
    ['within code', '```\n# no\n```\n# yes\n'],
    ['within longer code', '````md\n```\n# no\n````\n# yes\n'],
    ['within code that never ends', '~~~\n# no\n'],
    ['within a list', '- a\n  # no\n\n  ## no\n\n# yes\n'],
    ['behind a list', '- a\n# yes\n'],
    ['within a quote', '> # no\n\n# yes\n'],
    ['under a lazy line', '> a\nb\n---\n'],
    ['under a paragraph of two lines', 'a\nb\n===\n'],
    ['without a space', '#no\n\n#\n'],
    ['within HTML', '<div>\n# no\n</div>\n\n# yes\n'],
    ['within a comment', '<!--\n# no\n\n# no\n-->\n# yes\n'],
    ['indented', '    # no\n\n   # yes\n'],
    ['under a list', '- a\n---\n\n1. b\n---\n'],
    ['of seven marks', '####### no\n'],
    ['a rule', '***\n\n* * *\n\n---\n'],
    ['a paragraph with a number in it', 'a\n2. b\n---\n'],
  ])('are told as CommonMark tells them %s', (_, text) => {
    expect(headingsOf(text)).toEqual(headingsOfCommonMark(text));
  });

  it('leave out what stands before the text between two lines of ---', () => {
    expect(headingsOf('---\ntitle: x\n---\n# One\n')).toEqual(['1@4']);
  });
});
