import { randomUUID } from 'node:crypto';
import { type ContextChip, previewCharacters } from '../../contract/context.ts';
import type { ActiveWindow, CaptureAnswer, ClipboardDescription } from '../../contract/desktop.ts';
import type { AppErrorShape } from '../../contract/errors.ts';
import { countWords } from '../../text/words.ts';
import type { Attachment } from '../attachment.ts';
import sample from './sample.json' with { type: 'json' };

/** Something that was found, as it is shown, with its text where that is known. */
export interface Found {
  readonly chip: ContextChip;
  readonly attachment: Attachment | null;
}

/** Nothing selected is the usual case, not a trouble to be told of before an action asks for text. */
const usualCauses: readonly AppErrorShape['code'][] = ['capture/nothing-selected', 'capture/terminal-protected'];
const noCause: AppErrorShape | null = null;

/** What is known when something was captured. `lastTaken`: the text that went along last. */
export interface Moment {
  readonly lastTaken: string | null;
  readonly now: number;
  /** What people call the application of a window. */
  readonly labelOf: (window: ActiveWindow) => string | null;
}

/** What a capture found: the selected text, or why there is none, and the window. */
export function foundByCapture(answer: CaptureAnswer, moment: Moment): readonly Found[] {
  const { now, labelOf } = moment;
  const window = answer.status === 'captured' ? answer.selection.window : answer.window;
  const where = whereOf(window, labelOf);
  const around = foundWindow(where, now);
  if (answer.status === 'captured') return [foundSelection(answer.selection, moment), ...around];
  const { cause, offersCopy } = answer;
  if (usualCauses.includes(cause.code)) return around;
  const offers = offersCopy === undefined ? {} : { offersCopy };
  const why = chipOf('selection', now, { status: 'failed', ...where, cause, ...offers });
  return [{ chip: why, attachment: null }, ...around];
}

function foundSelection(
  selection: Extract<CaptureAnswer, { readonly status: 'captured' }>['selection'],
  { lastTaken, now, labelOf }: Moment,
): Found {
  const { text, targetId, editable, needsFocus, fresh, elsewhere, takesRichText, asksFirst = false } = selection;
  // An older selection may be of any window, but of the one in front it is not.
  const window = fresh ? selection.window : null;
  const from = whereOf(window, labelOf);
  const chip = chipOf('selection', now, {
    // An old selection of another window is offered, never taken along silently.
    on: fresh,
    ...from,
    ...measure(text),
    editable: editable !== 'no',
    fresh,
    ...(elsewhere === undefined ? {} : { elsewhere }),
    repeated: text === lastTaken,
  });
  const place = { targetId, editable: editable !== 'no', takesRichText, needsFocus, asksFirst };
  const known = window?.application == null ? {} : { applicationId: window.application };
  return {
    chip,
    attachment: { ...textOnly('selection', text), ...from, ...known, ...place },
  };
}

/** A text that comes with Beckon, as if it were selected. */
export function foundSample(language: keyof typeof sample, now: number): Found {
  const text = sample[language];
  const chip = chipOf('selection', now, { on: true, sample: true, ...measure(text) });
  return { chip, attachment: textOnly('selection', text) };
}

/** The name of the window one comes from, for questions such as "what is this program?". */
function foundWindow({ application, title }: Where, now: number): readonly Found[] {
  if ((title ?? application) === null) return [];
  const text = [`Application: ${application ?? ''}`, `Window title: ${title ?? ''}`].join('\n');
  const chip = chipOf('window', now, { application, title, ...measure(text) });
  return [{ chip, attachment: { ...textOnly('window', text), application, title } }];
}

/** The clipboard, told by the names of its formats alone: it is read when the person turns it on, never before. */
export function foundClipboard({ content, ageMs }: ClipboardDescription, now: number): Found {
  const readable = content === 'text' || content === 'rich-text';
  const capturedAt = ageMs === null ? null : now - ageMs;
  const chip = chipOf('clipboard', now, { content, status: readable ? 'offered' : 'refused', capturedAt });
  return { chip, attachment: null };
}

function chipOf(kind: ContextChip['kind'], now: number, known: Partial<ContextChip>): ContextChip {
  const nothing = { words: 0, characters: 0, preview: '', application: null, title: null, cause: noCause };
  const usual = {
    content: 'text',
    status: 'ready',
    on: false,
    editable: false,
    fresh: true,
    repeated: false,
  } as const;
  const id = `${kind[0]}-${randomUUID()}`;
  return { id, kind, ...nothing, ...usual, capturedAt: now, ...known };
}

interface Where {
  readonly application: string | null;
  readonly title: string | null;
}

function whereOf(window: ActiveWindow | null, labelOf: Moment['labelOf']): Where {
  return { application: window === null ? null : labelOf(window), title: window?.title ?? null };
}

/** How long a text is, and its beginning. */
export function measure(text: string): Pick<ContextChip, 'words' | 'characters' | 'preview'> {
  return {
    words: countWords(text),
    characters: text.length,
    preview: text.slice(0, previewCharacters).toWellFormed(),
  };
}

/** A text that came from no place one could write to. */
export function textOnly(kind: Attachment['kind'], text: string): Attachment {
  return {
    kind,
    text,
    application: null,
    title: null,
    positions: null,
    targetId: null,
    editable: false,
    needsFocus: false,
  };
}
