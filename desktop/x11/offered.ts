import { secretTarget } from '../secret-markers.ts';

const textTargets = ['UTF8_STRING', 'text/plain;charset=utf-8', 'TEXT', 'STRING'] as const;

/** One format by names. */
export interface OfferedFormat {
  readonly target: string;
  readonly type: string;
  readonly data: Buffer;
}

/** Text in every form that applications ask for, before it rich text where there is some. */
export function offerText(text: string, html: string | null = null): readonly OfferedFormat[] {
  const data = Buffer.from(text, 'utf8');
  const plain = textTargets.map((target) => ({ target, type: 'UTF8_STRING', data }));
  if (html === null) return plain;
  const page = `<meta http-equiv="content-type" content="text/html; charset=utf-8">${html}`;
  return [{ target: 'text/html', type: 'text/html', data: Buffer.from(page, 'utf8') }, ...plain];
}

/** No text, and a mark by which programs that keep what was copied leave it out: it is there for some milliseconds. */
export function offerMark(): readonly OfferedFormat[] {
  const mark = (target: string, data: string) => ({ target, type: 'STRING', data: Buffer.from(data) });
  return [mark(secretTarget, 'secret'), mark('application/x-beckon-mark', '')];
}
