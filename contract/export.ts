import * as z from 'zod';

/** What a chat can be written as. A PDF is printed by main from the HTML. */
export const exportFormats = ['markdown', 'html', 'pdf', 'json'] as const;
export const exportFormatSchema = z.enum(exportFormats);
export type ExportFormat = z.infer<typeof exportFormatSchema>;

/** How each ends its file's name. */
export const exportEndings: Readonly<Record<ExportFormat, string>> = {
  markdown: 'md',
  html: 'html',
  pdf: 'pdf',
  json: 'json',
};

const word = z.string().min(1).max(200);

/** The words of an exported file that are not the chat's own, in the person's language. */
export const exportWordsSchema = z.strictObject({
  language: z.enum(['en', 'zh-CN']),
  /** Names a file with every chat. */
  all: word,
  /** Names a chat whose title leaves nothing that can stand in a file's name. */
  chat: word,
  question: word,
  answer: word,
  stopped: word,
  cut: word,
  failed: word,
});
export type ExportWords = z.infer<typeof exportWordsSchema>;
