import { join } from 'node:path';
import { app, type BrowserWindow, dialog } from 'electron';

export interface ModelDialogWords {
  readonly title: string;
  readonly filter: string;
}

export interface FilesDialogWords extends ModelDialogWords {
  readonly all: string;
}

/** Lets the person choose a model file; null when they chose none. */
export function chooseModelFile(parent: BrowserWindow, words: ModelDialogWords): Promise<string | null> {
  return chooseOneFile(parent, 'gguf', words);
}

/** Lets the person choose one file, those of an ending first; null when they chose none. */
export async function chooseOneFile(
  parent: BrowserWindow,
  ending: string,
  words: ModelDialogWords,
): Promise<string | null> {
  const answer = await dialog.showOpenDialog(parent, {
    title: words.title,
    properties: ['openFile'],
    filters: [
      { name: words.filter, extensions: [ending] },
      { name: '*', extensions: ['*'] },
    ],
  });
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}

/** Endings of what is shown first; any other file can be chosen, too, since its content decides. */
const documentEndings = [
  ...['pdf', 'docx', 'docm', 'odt', 'rtf', 'doc', 'xlsx', 'xlsm', 'ods', 'xls', 'csv', 'tsv', 'pptx', 'odp', 'ppt'],
  ...['epub', 'html', 'htm', 'eml', 'msg', 'txt', 'md', 'json', 'srt', 'vtt', 'zip'],
  ...['png', 'jpg', 'jpeg', 'webp', 'gif', 'bmp', 'tif', 'tiff'],
];

/** Lets the person choose files to ask about; none when they chose none. */
export async function chooseFiles(
  parent: BrowserWindow,
  words: FilesDialogWords,
  folder: string | null,
): Promise<readonly string[]> {
  const answer = await dialog.showOpenDialog(parent, {
    title: words.title,
    ...(folder === null ? {} : { defaultPath: folder }),
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: words.filter, extensions: [...documentEndings] },
      { name: words.all, extensions: ['*'] },
    ],
  });
  return answer.canceled ? [] : answer.filePaths;
}

/** Lets the person choose files that actions are shared as; none when they chose none. */
export async function chooseAtoms(parent: BrowserWindow, words: FilesDialogWords): Promise<readonly string[]> {
  const answer = await dialog.showOpenDialog(parent, {
    title: words.title,
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: words.filter, extensions: ['json', 'md', 'png', 'jpg', 'jpeg', 'html'] },
      { name: words.all, extensions: ['*'] },
    ],
  });
  return answer.canceled ? [] : answer.filePaths;
}

export interface NewFile extends ModelDialogWords {
  readonly name: string;
  /** The ending of the name, without its dot. */
  readonly ending: string;
}

/** Lets the person choose where a file goes; null when they chose no place. A file that is there is asked about. */
export async function chooseNewFile(
  parent: BrowserWindow,
  { title, filter, name, ending }: NewFile,
): Promise<string | null> {
  const answer = await dialog.showSaveDialog(parent, {
    title,
    defaultPath: join(app.getPath('documents'), name),
    filters: [{ name: filter, extensions: [ending] }],
    properties: ['showOverwriteConfirmation', 'createDirectory'],
  });
  return answer.canceled || !answer.filePath ? null : answer.filePath;
}
