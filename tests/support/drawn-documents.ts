import { lines, whole, written } from './any-application.ts';

/** Subtitles whose first one is the document. */
export const subtitles = `1\n00:00:01,000 --> 00:00:09,000\n${whole}\n`;
export const openSubtitles = (folder: string) => [written(folder, 'note.srt', subtitles)];
/** The text of the first subtitle in a file. */
export const subtitle = (file: string): string => file.replaceAll('\r\n', '\n').split('\n').slice(2).join('\n');

export const page = `<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><head><title>note</title></head><body><pre>${whole}</pre></body></html>\n`;
export const inPage = (file: string): string => /<pre>([\s\S]*)<\/pre>/.exec(file)?.[1] ?? file;

/** A translation that is the document. */
export const catalogue = [
  'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"',
  `msgid "One\\n"\nmsgstr ""\n${lines.map((line) => `"${line}\\n"`).join('\n')}\n`,
].join('\n\n');

/** The translation of the last message in a catalogue. */
export const translated = (file: string): string => {
  const last = file.slice(file.lastIndexOf('msgstr'));
  return [...last.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, text = '']) => text.replaceAll('\\n', '\n')).join('');
};

export const repeated = (key: string, times: number): readonly string[] => Array.from({ length: times }, () => key);
/** Where a line's end is shown as two characters. */
export const byTwoCharacters = (index: number): readonly string[] => {
  const before = lines.slice(0, index).reduce((sum, line) => sum + line.length + 2, 0);
  return ['ctrl+Home', ...repeated('Right', before), ...repeated('shift+Right', lines[index]?.length ?? 0)];
};
