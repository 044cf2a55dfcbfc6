import { walkXml } from '../../xml/read-xml.ts';
import { type Relationship, relationshipsOf } from '../../zip/relationships.ts';
import type { OpenedZip } from '../opened-zip.ts';

/** The part that names who wrote comments; every program puts it there. */
const presentation = 'ppt/presentation.xml';

/** Comments on a slide with who wrote them, each a line in brackets. */
export async function slideComments(
  opened: OpenedZip,
  beside: ReadonlyMap<string, Relationship>,
): Promise<readonly string[]> {
  const parts = [...beside.values()].filter(({ type }) => type === 'comments');
  if (parts.length === 0) return [];
  const authors = await authorsOf(opened);
  const comments: string[] = [];
  for (const { part } of parts) comments.push(...(await readComments(opened, part, authors)));
  return comments;
}

async function authorsOf({ zip, budget }: OpenedZip): Promise<ReadonlyMap<string, string>> {
  const authors = new Map<string, string>();
  for (const { type, part } of (await relationshipsOf(zip, budget, presentation)).values())
    if (type === 'commentAuthors' || type === 'authors')
      await walkXml(zip.chunks(part), budget, {
        open: (name, get) => {
          if (/(^|:)(cmAuthor|author)$/.test(name)) authors.set(get('id') ?? '', get('name')?.trim() ?? '');
        },
      });
  return authors;
}

/** Reads both forms: `p:cm` with `p:text`, and newer ones with paragraphs. */
async function readComments(
  { zip, budget }: OpenedZip,
  part: string,
  authors: ReadonlyMap<string, string>,
): Promise<readonly string[]> {
  const comments: string[] = [];
  let author = '';
  let text: string | null = null;
  await walkXml(zip.chunks(part), budget, {
    open: (name, get) => {
      if (/(^|:)(cm|reply)$/.test(name)) author = authors.get(get('authorId') ?? '') ?? '';
      else if (name === 'p:text' || name === 'a:t') text = '';
    },
    close: (name) => {
      if (text === null || (name !== 'p:text' && name !== 'a:t')) return;
      budget.takeBlock();
      if (text.trim() !== '') comments.push(author === '' ? `[${text.trim()}]` : `[${author}: ${text.trim()}]`);
      text = null;
    },
    text: (said) => {
      if (text !== null) text += said;
    },
  });
  return comments;
}
