/** Signs of Word that stand for no letter (MS-DOC 2.4.1, and those before it). */
const signs = { cell: 7, hyphen: 30, fieldBegin: 19, fieldResult: 20, fieldEnd: 21 } as const;
const lineEnds: ReadonlySet<number> = new Set([10, 11, 12, 13]);

/** `rows-marked`: each row ends with a line's end. `rows-doubled`: it ends with one more sign of a cell, as before Word 97. */
export type WordRows = 'rows-marked' | 'rows-doubled';

/** A part of a document of Word as lines, whose cells end with a tab. Of a field its result is shown, and not what it is made from. */
export function wordLines(text: string, rows: WordRows): string {
  const closed = closedFields(text);
  let shown = '';
  let wasCell = false;
  /** Fields that are open, each with whether what it is made from is being told. */
  const fields: boolean[] = [];
  let hidden = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === signs.fieldBegin && closed.has(at)) hidden += fields.push(true) > 0 ? 1 : 0;
    else if (code === signs.fieldResult && fields.at(-1) === true) hidden -= fields.splice(-1, 1, false).length;
    else if (code === signs.fieldEnd) hidden -= fields.pop() === true ? 1 : 0;
    else if (hidden === 0) {
      const endsRow = rows === 'rows-doubled' && code === signs.cell && wasCell;
      shown += endsRow ? '\n' : shownAs(text.charAt(at), code);
      wasCell = code === signs.cell && !wasCell;
    }
  }
  return shown;
}

/** Where fields begin that also end: one that does not would hide all that follows. */
function closedFields(text: string): ReadonlySet<number> {
  const closed = new Set<number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === signs.fieldBegin) open.push(at);
    else if (code === signs.fieldEnd) closed.add(open.pop() ?? -1);
  }
  return closed;
}

/** A hyphen where a word may be parted is not seen; controls, also those of eight bits, are no letters. */
function shownAs(character: string, code: number): string {
  if (code === signs.cell) return '\t';
  if (lineEnds.has(code)) return '\n';
  if (code === signs.hyphen) return '-';
  return (code < 32 && code !== 9) || (code > 126 && code < 160) ? '' : character;
}
