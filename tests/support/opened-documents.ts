import { whole, written } from './any-application.ts';

export const note =
  (name = 'note.txt', ...before: readonly string[]) =>
  (folder: string) => [...before, written(folder, name)];
/** A page with one field that holds the document. */
const page = (body: string) => `<!doctype html><meta charset="utf-8"><title>note</title>${body}`;
const style = 'display:block;box-sizing:border-box;width:90vw;height:80vh;font:20px sans-serif';
const area = page(`<textarea autofocus style="${style}">${whole}</textarea>`);
export const field =
  (...before: readonly string[]) =>
  (folder: string) => [...before, `file://${written(folder, 'note.html', area)}`];
export const saved = (name = 'note.txt') => ({ saved: name });

/** How most are opened and read. */
export const usual = { open: note(), title: /note/i, settleMs: 2500, read: saved() } as const;
export const copied = { read: 'copied' } as const;
