import { type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';

export interface PermissionWords {
  readonly title: string;
  readonly message: string;
  readonly detail: string;
  readonly agree: string;
  readonly cancel: string;
}

/** Asks the person in a dialog of main's, which no page can answer. Enter and Escape refuse. Without a parent it stands alone. */
export async function askPerson(parent: BrowserWindow | null, words: PermissionWords): Promise<boolean> {
  const { title, message, detail, agree, cancel } = words;
  const options: MessageBoxOptions = {
    type: 'warning',
    title,
    message,
    detail,
    buttons: [cancel, agree],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  const answer = await (parent === null ? dialog.showMessageBox(options) : dialog.showMessageBox(parent, options));
  return answer.response === 1;
}
