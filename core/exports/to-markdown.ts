import type { ExportWords } from '../../contract/export.ts';
import { type ChatFormat, headingOf, lineOf, quotedTextOf, sayTime, sourceOf } from './exported-chat.ts';

/** Chats as Markdown: answers as they were written, what a question was about as a quote. */
export function markdownFormat(words: ExportWords): ChatFormat {
  return {
    head: () => '',
    *chat({ conversation, texts }, isFirst) {
      yield `${isFirst ? '' : '\n'}# ${lineOf(conversation.title)}\n\n${sayTime(conversation.createdAt, words.language)}\n`;
      for (const message of conversation.messages) {
        yield `\n## ${lineOf(headingOf(message, words))}\n`;
        for (const text of texts.get(message.id) ?? []) {
          const source = lineOf(sourceOf(text));
          const quoted = quotedTextOf(text);
          if (source !== '') yield `\n*${source}*\n`;
          if (quoted !== null) yield `\n${quoted.replaceAll(/^/gm, '> ')}\n`;
        }
        if (message.text.trim() !== '') yield `\n${withFenceClosed(message.text.trimEnd())}\n`;
      }
    },
    tail: () => '',
  };
}

/** An answer that broke off within code would make code of all that follows it. */
function withFenceClosed(text: string): string {
  let open: string | null = null;
  for (const line of text.split('\n')) {
    const fence: string | undefined = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence === undefined) continue;
    if (open === null) open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length && /^\s*[`~]+\s*$/.test(line)) open = null;
  }
  return open === null ? text : `${text}\n${open}`;
}
