const key = 'draft';

/** What is typed but not sent survives a page that dies: it is kept for this window, in memory of the browser. */
export function readDraft(): string {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return '';
  }
}

export function saveDraft(text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text.slice(0, 1_000_000));
  } catch {
    // Too large for it: the text is still in the box.
  }
}
