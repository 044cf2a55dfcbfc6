import { walkXml } from '../../xml/read-xml.ts';
import { type Relationship, relationshipsOf } from '../../zip/relationships.ts';
import type { OpenedZip } from '../opened-zip.ts';
import { columnOf } from './sheet-rows.ts';

/** What a newer program writes for older ones above a comment that has answers. */
const forOlder = /^\[Threaded comment\][\s\S]*?Comment:\s*/;

/** Comments of a sheet with who wrote them, by `row:column`. Throws `file/…`. */
export async function commentsOf(opened: OpenedZip, part: string): Promise<ReadonlyMap<string, string>> {
  const comments = new Map<string, string>();
  const beside = await relationshipsOf(opened.zip, opened.budget, part);
  for (const relationship of beside.values())
    if (relationship.type === 'comments') await readComments(opened, relationship, comments);
  return comments;
}

async function readComments(
  { zip, budget }: OpenedZip,
  { part }: Relationship,
  comments: Map<string, string>,
): Promise<void> {
  const authors: string[] = [];
  let into: 'author' | 'text' | null = null;
  let [cell, author, text] = ['', '', ''];
  await walkXml(zip.chunks(part), budget, {
    open: (name, get) => {
      if (name === 'author') into = 'author';
      else if (name === 't') into = 'text';
      else if (name === 'comment') {
        const reference = get('ref') ?? '';
        cell = `${reference.replace(/^\D+/, '')}:${columnOf(reference)}`;
        author = authors[Number(get('authorId'))] ?? '';
      } else return;
      text = name === 't' ? text : '';
    },
    close: (name) => {
      if (name === 'author') authors.push(text.trim());
      if (name === 'author' || name === 't') into = null;
      if (name !== 'comment') return;
      budget.takeBlock();
      const said = text.replace(forOlder, '').trim();
      // Excel writes the author as the first line, too; of newer ones only a number.
      const by = author.startsWith('tc=') ? '' : author;
      const own = by !== '' && said.startsWith(`${by}:`) ? said.slice(by.length + 1).trim() : said;
      if (own !== '') comments.set(cell, by === '' ? own : `${by}: ${own}`);
    },
    text: (said) => {
      if (into !== null) text += said;
    },
  });
}
