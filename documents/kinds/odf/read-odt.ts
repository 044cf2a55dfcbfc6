import type { ReadSpan } from '../../document-reader.ts';
import { readXml } from '../../xml/read-xml.ts';
import { BlockSections } from '../blocks.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import { checkOdf } from './check-odf.ts';
import { OdfInline } from './odf-inline.ts';
import { OdfLists } from './odf-lists.ts';
import { OdfStyles } from './odf-styles.ts';
import { OdfTables } from './odf-tables.ts';

/** An OpenDocument text: headings, items with their labels, rows of tables, notes and comments behind what they belong to. */
export async function* readOdt(opened: OpenedZip, span: ReadSpan): Numbered {
  await checkOdf(opened);
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
  const styles = new OdfStyles();
  await styles.readBeside(opened);
  const sections = new BlockSections();
  const add = (text: string, heading: number | null, close: boolean) => {
    budget.takeBlock();
    sections.add({ text, heading, close });
  };
  const tables = new OdfTables((line, isFirst) => add(line, null, !isFirst));
  const lists = new OdfLists(styles);
  const structure = {
    open: (name: string, get: (attribute: string) => string | undefined) => {
      if (name.startsWith('table:')) tables.open(name, get);
      else lists.open(name, get);
    },
    close: (name: string) => {
      if (name.startsWith('table:')) tables.close(name);
      else lists.close(name);
    },
  };
  const inline = new OdfInline(styles, structure, ({ text, heading, notes }) => {
    const lead = heading === null ? lists.lead() : null;
    if (tables.inTable) tables.write((lead ?? '').trimStart() + text, notes);
    else {
      if (text.trim() !== '') add((lead ?? '') + text, heading, lead !== null);
      for (const note of notes) add(note, null, true);
    }
  });
  yield* readXml(zip.chunks('content.xml'), budget, inline, () => sections.take());
  if (inline.deleted > 0) sections.note({ note: 'left-out', part: 'deleted-text', count: inline.deleted });
  if (inline.hidden > 0) sections.note({ note: 'left-out', part: 'hidden-text', count: inline.hidden });
  yield* sections.end();
}
