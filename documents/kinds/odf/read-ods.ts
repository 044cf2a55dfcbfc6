import type { ReadSpan } from '../../document-reader.ts';
import { readXml } from '../../xml/read-xml.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import { checkOdf } from './check-odf.ts';
import { OdfInline } from './odf-inline.ts';
import { OdfSheets } from './odf-sheets.ts';
import { OdfStyles } from './odf-styles.ts';

/** An OpenDocument workbook, each sheet after the other, one row a line. What is hidden in it is counted and not read. */
export async function* readOds(opened: OpenedZip, span: ReadSpan): Numbered {
  await checkOdf(opened);
  yield { type: 'kind', kind: 'spreadsheet', unit: 'row', total: null, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(sectionsOf(opened), span);
}

async function* sectionsOf(opened: OpenedZip): AsyncGenerator<KindSection | KindNote> {
  const { zip, budget } = opened;
  const styles = new OdfStyles();
  await styles.readBeside(opened);
  const sheets: OdfSheets = new OdfSheets(styles, budget, () => inline.takeNotes());
  const inline: OdfInline = new OdfInline(styles, sheets, ({ text, notes }) => sheets.write(text, notes));
  yield* readXml(zip.chunks('content.xml'), budget, inline, () => sheets.take());
  for (const [part, count] of [
    ['hidden-sheet', sheets.hidden.sheets],
    ['hidden-row', sheets.hidden.rows],
    ['hidden-column', sheets.hidden.columns],
  ] as const)
    if (count > 0) yield { type: 'note', note: { note: 'left-out', part, count } };
}
