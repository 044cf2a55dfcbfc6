import { type BrowserWindow, dialog } from 'electron';

export interface PermissionWords {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly agree: string;
  readonly cancel: string;
}

/** Asks the person in a dialog of main's, which no page can answer. Enter and Escape refuse. */
export async function askPerson(parent: BrowserWindow, words: PermissionWords): Promise<boolean> {
  const { title, message, detail, agree, cancel } = words;
  const answer = await dialog.showMessageBox(parent, {
    type: 'warning',
    title,
    message,
    detail,
    buttons: [cancel, agree],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  });
  return answer.response === 1;
}
