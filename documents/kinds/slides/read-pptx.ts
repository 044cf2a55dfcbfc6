import { AppError } from '../../../contract/errors.ts';
import { numberOfToken, type ReadSpan } from '../../document-reader.ts';
import { walkXml } from '../../xml/read-xml.ts';
import { partOfType, type Relationship, relationshipsOf } from '../../zip/relationships.ts';
import type { OpenedZip } from '../opened-zip.ts';
import type { Numbered } from '../sections.ts';
import { chartText } from './chart-text.ts';
import { slideComments } from './slide-comments.ts';
import { type Shape, SlideText } from './slide-text.ts';

/** What stands on every slide or counts them. */
const aside = new Set(['dt', 'ftr', 'sldNum', 'hdr', 'sldImg']);

/** A PowerPoint presentation, a section a slide: title, text in its order, tables, charts, speaker notes and comments. */
export async function* readPptx(opened: OpenedZip, { resume, isOver }: ReadSpan): Numbered {
  const done = numberOfToken(resume);
  const slides = await slidesOf(opened);
  yield {
    type: 'kind',
    kind: 'presentation',
    unit: 'slide',
    total: slides.length,
    withoutText: { below: 1, code: 'file/empty' },
  };
  let hidden = 0;
  for (const [index, part] of slides.entries()) {
    const number = index + 1;
    if (number <= done) continue;
    if (number > done + 1 && isOver()) return 'stopped';
    const text = await textOfSlide(opened, part);
    if (text === null) hidden += 1;
    // A slide that is not shown keeps its number, as in the program it comes from.
    const locator = { unit: 'slide', first: number, last: number } as const;
    yield { type: 'section', locator, text: text ?? '', read: number, resume: String(number) };
  }
  if (hidden > 0) yield { type: 'note', note: { note: 'left-out', part: 'hidden-slide', count: hidden } };
  return 'whole';
}

/** The parts of the slides in the order they are shown. */
async function slidesOf({ zip, budget }: OpenedZip): Promise<readonly string[]> {
  const main = partOfType(await relationshipsOf(zip, budget, ''), 'officeDocument');
  if (main === null || !zip.has(main)) throw new AppError('file/damaged', 'its list of slides is missing');
  const beside = await relationshipsOf(zip, budget, main);
  const parts: string[] = [];
  await walkXml(zip.chunks(main), budget, {
    open: (name, get) => {
      const target = name === 'p:sldId' ? beside.get(get('r:id') ?? '') : undefined;
      if (target !== undefined) parts.push(target.part);
    },
  });
  return parts;
}

/** What a slide says; null where it is hidden. */
async function textOfSlide(opened: OpenedZip, part: string): Promise<string | null> {
  const { zip, budget } = opened;
  budget.takeBlock();
  const slide = new SlideText();
  await walkXml(zip.chunks(part), budget, slide);
  if (slide.isHidden) return null;
  const beside = await relationshipsOf(zip, budget, part);
  const titles = slide.shapes.filter(({ role }) => role === 'title' || role === 'ctrTitle');
  const blocks = titles.map(({ lines }) => `# ${lines.map((line) => line.trim()).join(' ')}`);
  for (const shape of slide.shapes) {
    if (titles.includes(shape) || aside.has(shape.role ?? '')) continue;
    blocks.push([...shape.lines, ...(await chartsOf(opened, shape, beside))].join('\n'));
  }
  blocks.push(await notesOf(opened, beside), ...(await slideComments(opened, beside)));
  return blocks.filter((block) => block.trim() !== '').join('\n\n');
}

async function chartsOf(
  opened: OpenedZip,
  { charts }: Shape,
  beside: ReadonlyMap<string, Relationship>,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const id of charts) {
    const target = beside.get(id);
    if (target !== undefined) lines.push(...(await chartText(opened, target.part)));
  }
  return lines;
}

/** What the speaker has written for a slide. */
async function notesOf({ zip, budget }: OpenedZip, beside: ReadonlyMap<string, Relationship>): Promise<string> {
  const part = partOfType(beside, 'notesSlide');
  if (part === null) return '';
  const notes = new SlideText();
  await walkXml(zip.chunks(part), budget, notes);
  return notes.shapes
    .filter(({ role }) => !aside.has(role ?? ''))
    .flatMap(({ lines }) => lines)
    .join('\n');
}
