/** A sign before a figure: `- 5 °C`, `+ 20 €`, `- 3.5 %`, `+ 86 138 0000 0000`. */
const signed =
  /[ \t]+(?:[€$£¥￥₽₹₩]\s?)?\d[\d.,\-–()' {2}]*(?:[°℃℉%‰％€$£¥￥元₽₹₩]|(?<=\s)[CFK](?![\p{L}])|(?=[ \t]*$))/uy;
/** `> 5`, `>= 5`, `> -3`. */
const compared = /(?:[ \t]*[-+−~±≈]?\d|=)/y;
/** `5. 3. 2024` */
const ofDate = /[ \t]*\d{1,2}\.[ \t]*(?:19|20)\d\d(?!\d)/y;

interface Mark {
  readonly at: number;
  /** What it stands behind, with it: lines of one list have the same. */
  readonly place: string;
  /** It is a part of a figure, by its line alone. */
  readonly ofFigure: boolean;
}

/**
 * Places of signs at the beginning of lines that CommonMark would take for the mark of a list or quote, but that belong to a
 * figure: signs, comparisons, years (`2026. `), dates. A list or quote of which only some lines look like that stays one.
 */
export function findFigureMarks(text: string): ReadonlySet<number> {
  const found = new Set<number>();
  const groups = new Map<string, Mark[]>();
  const close = (place: string) => {
    const marks = groups.get(place) ?? [];
    if (marks.every(({ ofFigure }) => ofFigure)) for (const { at } of marks) found.add(at);
    groups.delete(place);
  };
  let start = 0;
  for (const line of text.split('\n')) {
    const marks = marksOf(line);
    const goesOn = marks.length === 0 && (line.trim() === '' || /^\s/.test(line));
    if (!goesOn) for (const place of groups.keys()) if (!marks.some((mark) => mark.place === place)) close(place);
    for (const { at, place, ofFigure } of marks) {
      const group = groups.get(place) ?? [];
      groups.set(place, group);
      group.push({ at: start + at, place, ofFigure });
      // No list has a number with zeros before it.
      if (/^0\d/.test(line.slice(at, at + 2))) found.add(start + at);
    }
    start += line.length + 1;
  }
  for (const place of groups.keys()) close(place);
  return found;
}

/** The marks at the beginning of a line, the outermost first. */
function marksOf(line: string): readonly Mark[] {
  const marks: Mark[] = [];
  // A note's text begins behind its name.
  let at = /^ {0,3}\[\^[^\]\s]{1,999}\]:/.exec(line)?.[0].length ?? 0;
  while (marks.length < 20) {
    at += /^[ \t]*/.exec(line.slice(at, at + 1000))?.[0].length ?? 0;
    const mark = /^(?:[-+*](?=[ \t])|>|\d{1,9}[.)](?=[ \t]|$))/.exec(line.slice(at, at + 12))?.[0];
    if (mark === undefined) break;
    const ofFigure = belongsToFigure(line, at, mark);
    marks.push({ at, place: `${line.slice(0, at).replaceAll(/\d/g, '0')}${mark.replace(/\d+/, '0')}`, ofFigure });
    at += mark.length;
  }
  return marks;
}

function belongsToFigure(line: string, at: number, mark: string): boolean {
  const follows = (pattern: RegExp) => {
    pattern.lastIndex = at + mark.length;
    return pattern.test(line);
  };
  if (mark === '-' || mark === '+') return follows(signed);
  if (mark === '>') return follows(compared);
  if (mark === '*') return false;
  return mark.length > 4 || /^0\d/.test(mark) || (mark.endsWith('.') && follows(ofDate));
}
