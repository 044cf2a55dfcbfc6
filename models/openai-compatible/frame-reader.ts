import { createParser, type EventSourceParser } from 'eventsource-parser';
import { AppError } from '../../contract/errors.ts';
import { dialects } from './dialects.ts';
import type { AnswerLimits } from './limits.ts';

/**
 * One message of a server: a value, the mark that no more will come, words that are no part of the protocol, or one of which
 * no more came than its beginning.
 */
export type Frame =
  | { readonly type: 'value'; readonly value: unknown; readonly event: string | null }
  | { readonly type: 'end' }
  | { readonly type: 'begun' }
  | { readonly type: 'words'; readonly text: string; readonly event: string | null };

/** How a body turned out to be written, by its first character and whatever its type was said to be. */
type Writing = 'unknown' | 'events' | 'json' | 'page';

const mostWordsKept = 2000;
/** Bounds what is read of a page, in characters: it is known by its beginning. */
const mostPage = 10_000;
/** Bounds the tries to read JSON that goes over many lines, each at a line that could be its last. */
const mostTries = 20;
/** Bounds the lines of one message that are no part of it. */
const mostStrayLines = 100;
/** Bounds what is kept of an event that has no data yet, in characters: it is known by its beginning. */
const mostBegun = 2000;
/** Fields that an event may have beside its data, and those whose beginning an event may break off in. */
const besideData = ['event', 'id', 'retry'];
const allFields = [...besideData, 'data'];

/**
 * Cuts the text of a body into messages as it comes, in pieces cut anywhere: events of a stream, lines of JSON, JSON over
 * many lines, or a page. Never holds more than a message may be long; throws `server/too-much` for what is longer.
 */
export class FrameReader {
  readonly #limits: AnswerLimits;
  readonly #host: string;
  readonly #parser: EventSourceParser;
  #frames: Frame[] = [];
  #writing: Writing = 'unknown';
  /** What is no whole line, or no whole JSON, yet. */
  #held: string[] = [];
  #heldLength = 0;
  #endsWithReturn = false;
  /** The beginning of what came behind the last event. */
  #behind = '';
  #tries = 0;
  #overflow = false;
  #strays = 0;

  constructor(limits: AnswerLimits, host: string) {
    this.#limits = limits;
    this.#host = host;
    this.#parser = createParser({
      maxBufferSize: limits.messageCharacters,
      onEvent: ({ data, event }) => this.#takeData(data, event ?? null),
      onError: (error) => {
        if (error.type === 'max-buffer-size-exceeded') this.#overflow = true;
        else if (error.field === 'error') this.#takeData(error.value ?? '', 'error');
        else if (error.type === 'unknown-field') this.#takeData(error.line ?? '', null);
      },
    });
  }

  push(text: string): readonly Frame[] {
    if (this.#writing === 'unknown') {
      const begins = text.trimStart();
      if (begins === '') return [];
      this.#writing = begins.startsWith('<') ? 'page' : /^[{[]/.test(begins) ? 'json' : 'events';
    }
    if (this.#writing === 'events') this.#feed(text);
    else this.#hold(text);
    return this.#given();
  }

  /** What was held back, once nothing more comes. */
  end(): readonly Frame[] {
    // A last line, and a last event, may lack what should come behind them.
    if (this.#overflow) return [];
    if (this.#writing === 'events' && isBegun(this.#behind)) this.#frames.push({ type: 'begun' });
    else if (this.#writing === 'events') this.#parser.feed('\n\n');
    else if (this.#writing === 'page') this.#frames.push({ type: 'words', text: this.#takeHeld(), event: null });
    else if (this.#heldLength > 0) this.#takeWhole(this.#takeHeld());
    return this.#given();
  }

  #given(): readonly Frame[] {
    const frames = this.#frames;
    this.#frames = [];
    for (const { type } of frames) if (type === 'words') this.#strays += 1;
    if (this.#strays > this.#limits.strays) throw this.#tooMuch();
    return frames;
  }

  /** A line may end with a return alone, which is only told from the first half of a pair by what comes next. */
  #feed(text: string): void {
    const rest = this.#endsWithReturn && text.startsWith('\n') ? text.slice(1) : text;
    this.#endsWithReturn = text === '' ? this.#endsWithReturn : text.endsWith('\r');
    const lines = rest.includes('\r') ? rest.replaceAll(/\r\n?/g, '\n') : rest;
    this.#noteBehind(lines);
    this.#parser.feed(lines);
    if (this.#overflow) throw this.#tooMuch();
  }

  #noteBehind(lines: string): void {
    const all = this.#behind + lines;
    const ended = all.lastIndexOf('\n\n');
    this.#behind = all.slice(ended < 0 ? 0 : ended + 2).slice(0, mostBegun);
  }

  #hold(text: string): void {
    let start = 0;
    if (this.#writing === 'json')
      for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
        this.#keep(text.slice(start, at + 1));
        start = at + 1;
        this.#takeLine();
      }
    this.#keep(text.slice(start));
    if (this.#writing === 'page' && this.#heldLength > mostPage)
      this.#frames.push({ type: 'words', text: this.#takeHeld(), event: null });
  }

  #keep(text: string): void {
    if (text === '') return;
    if (this.#heldLength + text.length > this.#limits.messageCharacters) throw this.#tooMuch();
    this.#held.push(text);
    this.#heldLength += text.length;
  }

  #takeHeld(): string {
    const text = this.#held.join('');
    this.#held = [];
    this.#heldLength = 0;
    return text;
  }

  /** Reads what is held if its last line could end it: a line of its own, or one that closes what many lines have opened. */
  #takeLine(): void {
    const last = this.#held.at(-1) ?? '';
    const isFirst = last.length === this.#heldLength;
    if (!isFirst && (!/^[}\]]/.test(last) || this.#tries >= mostTries)) return;
    this.#tries += isFirst ? 0 : 1;
    const text = this.#takeHeld();
    const frames = framesOf(text.trim(), null);
    if (frames !== null) this.#frames.push(...frames);
    else if (text.trim() !== '') this.#keep(text);
  }

  #takeWhole(text: string): void {
    const frames = framesOf(text.trim(), null) ?? linesOf(text, null);
    this.#frames.push(...frames);
  }

  #takeData(data: string, event: string | null): void {
    const text = data.trim();
    if (event !== null && dialects.endEvents.includes(event) && !text.startsWith('{'))
      this.#frames.push({ type: 'end' });
    else if (text !== '') this.#frames.push(...(framesOf(text, event) ?? linesOf(text, event)));
  }

  /** Nothing of what is held is looked at any more. */
  #tooMuch(): AppError {
    this.#overflow = true;
    this.#takeHeld();
    return new AppError('server/too-much', 'a message is longer than any may be', { values: { host: this.#host } });
  }
}

/** Whether lines are those of an event before its data, the last of them perhaps without its end. */
function isBegun(lines: string): boolean {
  const fields = lines.split('\n').filter((line) => line !== '' && !line.startsWith(':'));
  const last = fields.at(-1) ?? '';
  const isBefore = (line: string) => besideData.some((name) => line.startsWith(`${name}:`));
  const breaksOff = isBefore(last) || /^data:\s*$/.test(last) || allFields.some((name) => name.startsWith(last));
  return last !== '' && breaksOff && fields.slice(0, -1).every(isBefore);
}

/** Messages that nothing was put between come as the lines of one. What is no message takes far longer to tell. */
function linesOf(text: string, event: string | null): Frame[] {
  const words: Frame = { type: 'words', text: text.slice(0, mostWordsKept), event };
  const frames: Frame[] = [];
  let strays = 0;
  for (const line of text.split('\n')) {
    const found = line.trim() === '' ? [] : framesOf(line.trim(), event);
    if (found === null) strays += 1;
    else frames.push(...found);
    if (strays > mostStrayLines) return [...frames, words];
  }
  return frames.length > 0 ? frames : [words];
}

function framesOf(text: string, event: string | null): Frame[] | null {
  if (/^"?\[DONE\]"?$/i.test(text)) return [{ type: 'end' }];
  if (!/^[{["]/.test(text)) return null;
  try {
    return [{ type: 'value', value: JSON.parse(text), event }];
  } catch {
    return null;
  }
}
