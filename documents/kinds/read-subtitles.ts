import type { DocumentReader } from '../document-reader.ts';
import { decodedText } from '../text/read-text.ts';
import { type KindSection, numberedSections } from './sections.ts';

/** Short enough for a place in a film, in UTF-16 units. */
const sectionCharacters = 400;
/** And in time: what is said slowly, or with many meanings a letter, fills more of it. */
const sectionMs = 60_000;
/** A line of SubRip or WebVTT that says from when to when its text is shown. */
const times =
  /^\s*(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})\s+-->\s+(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})/;
/** Marks of style and speaker. */
const tags = /<\/?(?:[biu]|c|v|ruby|rt|lang|font|\d\d:)[^<>]{0,200}>|\{\\an?\d+\}/gi;

interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** Subtitles: what is said, by the time it is said. */
export const readSubtitles: DocumentReader = async function* (input, span) {
  yield { type: 'kind', kind: 'subtitles', unit: 'second', total: null, withoutText: { below: 1, code: 'file/empty' } };
  const { text, notes } = await decodedText(input);
  yield* notes;
  return yield* numberedSections(sectionsOf(cuesOf(text)), span);
};

async function* sectionsOf(cues: Iterable<Cue>): AsyncGenerator<KindSection> {
  let open: Cue | null = null;
  for (const cue of cues) {
    if (open !== null && goesOn(open, cue))
      open = { startMs: open.startMs, endMs: Math.max(open.endMs, cue.endMs), text: `${open.text}\n${cue.text}` };
    else {
      if (open !== null) yield sectionOf(open);
      open = cue;
    }
  }
  if (open !== null) yield sectionOf(open);
}

function goesOn(open: Cue, cue: Cue): boolean {
  const isShort = open.text.length + cue.text.length <= sectionCharacters && cue.endMs - open.startMs <= sectionMs;
  return isShort && cue.startMs >= open.startMs;
}

function sectionOf({ startMs, endMs, text }: Cue): KindSection {
  return { locator: { unit: 'time', startMs, endMs: Math.max(startMs, endMs) }, text, read: Math.ceil(endMs / 1000) };
}

function* cuesOf(text: string): Generator<Cue> {
  let cue: { startMs: number; endMs: number; lines: string[] } | null = null;
  for (const line of `${text}\n\n`.split('\n')) {
    const found = times.exec(line);
    if (found !== null) {
      cue = { startMs: milliseconds(found.slice(1, 5)), endMs: milliseconds(found.slice(5, 9)), lines: [] };
    } else if (line.trim() === '') {
      const said = cue?.lines.join('\n').trim() ?? '';
      if (cue !== null && said !== '') yield { startMs: cue.startMs, endMs: cue.endMs, text: said };
      cue = null;
    } else cue?.lines.push(line.replaceAll(/<v(?:\.[^\s>]*)?\s+([^>]{1,100})>/g, '$1: ').replaceAll(tags, ''));
  }
}

function milliseconds([hours = '0', minutes = '0', seconds = '0', part = '0']: readonly (
  | string
  | undefined
)[]): number {
  return ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(part.padEnd(3, '0'));
}
