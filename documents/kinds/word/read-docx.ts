import { AppError } from '../../../contract/errors.ts';
import type { ReadSpan } from '../../document-reader.ts';
import { readXml, walkXml } from '../../xml/read-xml.ts';
import { partOfType, type Relationship, relationshipsOf } from '../../zip/relationships.ts';
import { BlockSections } from '../blocks.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import { Numbering } from './numbering.ts';
import { Styles } from './styles.ts';
import { type NoteKind, type WordParts, WordText } from './word-text.ts';

const noNotes: Readonly<Record<NoteKind, ReadonlyMap<string, string>>> = {
  footnote: new Map(),
  endnote: new Map(),
  comment: new Map(),
};

/** A Word document: headings, items with their labels, rows of tables, notes and comments behind what they belong to. */
export async function* readDocx(opened: OpenedZip, span: ReadSpan): Numbered {
  yield {
    type: 'kind',
    kind: 'document',
    unit: 'paragraph',
    total: null,
    withoutText: { below: 1, code: 'file/empty' },
  };
  return yield* numberedSections(sectionsOf(opened), span);
}

async function* sectionsOf(opened: OpenedZip): AsyncGenerator<KindSection | KindNote> {
  const { zip, budget } = opened;
  const main = partOfType(await relationshipsOf(zip, budget, ''), 'officeDocument');
  if (main === null || !zip.has(main)) throw new AppError('file/damaged', 'its text is missing');
  const beside = await relationshipsOf(zip, budget, main);
  const parts = await partsOf(opened, beside);
  const sections = new BlockSections();
  const text = new WordText(parts, (block) => {
    budget.takeBlock();
    sections.add(block);
  });
  yield* readXml(zip.chunks(main), budget, text, () => sections.take());
  sections.leaveHeadings();
  for (const line of await marginsOf(opened, beside, parts)) sections.add({ text: line, heading: null });
  if (text.deleted > 0) sections.note({ note: 'left-out', part: 'deleted-text', count: text.deleted });
  if (text.hidden > 0) sections.note({ note: 'left-out', part: 'hidden-text', count: text.hidden });
  yield* sections.end();
}

async function partsOf(opened: OpenedZip, beside: ReadonlyMap<string, Relationship>): Promise<WordParts> {
  const { zip, budget } = opened;
  const [styles, numbering] = [new Styles(), new Numbering()];
  await styles.read(zip, budget, partOfType(beside, 'styles') ?? '');
  await numbering.read(zip, budget, partOfType(beside, 'numbering') ?? '');
  const bare = { styles, numbering, said: noNotes };
  const said = {
    footnote: await notesOf(opened, partOfType(beside, 'footnotes'), 'footnote', bare),
    endnote: await notesOf(opened, partOfType(beside, 'endnotes'), 'endnote', bare),
    comment: await notesOf(opened, partOfType(beside, 'comments'), 'comment', bare),
  };
  return { styles, numbering, said };
}

/** What notes of a kind say, by id; comments with who wrote them. */
async function notesOf(
  { zip, budget }: OpenedZip,
  part: string | null,
  kind: NoteKind,
  parts: WordParts,
): Promise<ReadonlyMap<string, string>> {
  const notes = new Map<string, string>();
  let id: string | null = null;
  let author = '';
  let lines: string[] = [];
  const text = new WordText(parts, (block) => lines.push(block.text.trim()));
  await walkXml(zip.chunks(part ?? ''), budget, {
    open: (name, get) => {
      if (name === `w:${kind}`) {
        const type = get('w:type') ?? 'normal';
        [id, author, lines] = [type === 'normal' ? (get('w:id') ?? null) : null, get('w:author')?.trim() ?? '', []];
        budget.takeBlock();
      } else text.open(name, get);
    },
    close: (name) => {
      if (name !== `w:${kind}`) return text.close(name);
      const said = lines.join('\n').trim();
      if (id !== null && said !== '') notes.set(id, author === '' ? said : `${author}: ${said}`);
    },
    text: text.text,
  });
  return notes;
}

/** What stands above and below every page, each text once. */
async function marginsOf(
  { zip, budget }: OpenedZip,
  beside: ReadonlyMap<string, Relationship>,
  parts: WordParts,
): Promise<ReadonlySet<string>> {
  const lines = new Set<string>();
  for (const { type, part } of beside.values()) {
    if (type !== 'header' && type !== 'footer') continue;
    const text = new WordText(parts, (block) => lines.add(block.text.trim()));
    await walkXml(zip.chunks(part), budget, text);
  }
  return lines;
}
