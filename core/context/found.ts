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

/** What a capture found: the selected text, or why there is none, and the window. `lastTaken`: the text that went along last. */
export function foundByCapture(answer: CaptureAnswer, lastTaken: string | null, now: number): readonly Found[] {
  const window = answer.status === 'captured' ? answer.selection.window : answer.window;
  const around = foundWindow(window, now);
  if (answer.status === 'captured') return [foundSelection(answer.selection, lastTaken, now), ...around];
  if (usualCauses.includes(answer.cause.code)) return around;
  const why = chipOf('selection', now, { status: 'failed', ...whereOf(window), cause: answer.cause });
  return [{ chip: why, attachment: null }, ...around];
}

function foundSelection(
  selection: Extract<CaptureAnswer, { readonly status: 'captured' }>['selection'],
  lastTaken: string | null,
  now: number,
): Found {
  const { text, targetId, editable, needsFocus, fresh, elsewhere, takesRichText } = selection;
  // An older selection may be of any window, but of the one in front it is not.
  const from = whereOf(fresh ? selection.window : null);
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
  const place = { targetId, editable: editable !== 'no', takesRichText, needsFocus };
  return {
    chip,
    attachment: { ...textOnly('selection', text), ...from, ...place },
  };
}

/** A text that comes with Beckon, as if it were selected. */
export function foundSample(language: keyof typeof sample, now: number): Found {
  const text = sample[language];
  const chip = chipOf('selection', now, { on: true, sample: true, ...measure(text) });
  return { chip, attachment: textOnly('selection', text) };
}

/** The name of the window one comes from, for questions such as "what is this program?". */
function foundWindow(window: ActiveWindow | null, now: number): readonly Found[] {
  if (window === null || (window.title ?? window.application) === null) return [];
  const { application, title } = whereOf(window);
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

function whereOf(window: ActiveWindow | null): { readonly application: string | null; readonly title: string | null } {
  return { application: window?.application ?? null, title: window?.title ?? null };
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
