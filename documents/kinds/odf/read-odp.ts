import type { ReadSpan } from '../../document-reader.ts';
import { readXml, walkXml } from '../../xml/read-xml.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { type KindNote, type KindSection, type Numbered, numberedSections } from '../sections.ts';
import { checkOdf } from './check-odf.ts';
import { OdfInline } from './odf-inline.ts';
import { OdfSlides } from './odf-slides.ts';
import { OdfStyles } from './odf-styles.ts';

/** An OpenDocument presentation, a section a slide: title, text, tables, speaker notes and comments. */
export async function* readOdp(opened: OpenedZip, span: ReadSpan): Numbered {
  await checkOdf(opened);
  const { zip, budget } = opened;
  let total = 0;
  await walkXml(zip.chunks('content.xml'), budget, {
    open: (name) => {
      if (name === 'draw:page') total += 1;
    },
  });
  yield { type: 'kind', kind: 'presentation', unit: 'slide', total, withoutText: { below: 1, code: 'file/empty' } };
  return yield* numberedSections(slidesOf(opened), span);
}

async function* slidesOf(opened: OpenedZip): AsyncGenerator<KindSection | KindNote> {
  const { zip, budget } = opened;
  const styles = new OdfStyles();
  await styles.readBeside(opened);
  const slides: OdfSlides = new OdfSlides(styles, budget, () => inline.takeNotes());
  const inline: OdfInline = new OdfInline(styles, slides, (paragraph) => slides.write(paragraph));
  yield* readXml(zip.chunks('content.xml'), budget, inline, () => slides.take());
  if (slides.hidden > 0) yield { type: 'note', note: { note: 'left-out', part: 'hidden-slide', count: slides.hidden } };
}
