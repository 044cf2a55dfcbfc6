import { createHash } from 'node:crypto';
import type { ExportWords } from '../../contract/export.ts';
import { escapeHtml } from '../../text/escape-html.ts';
import { type ChatFormat, headingOf, lineOf, quotedTextOf, sayTime, sourceOf } from './exported-chat.ts';

const style = `
:root { color-scheme: light dark }
body { max-width: 720px; margin: 32px auto; padding: 0 20px; font: 15px/1.6 system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere }
h1 { font-size: 22px; line-height: 1.3; margin: 0 }
article + article { margin-top: 48px; border-top: 1px solid #8888; padding-top: 32px; break-before: page }
.time, section > h2, .source { color: #656e7c; font-size: 13px; font-weight: 500; margin: 0 }
section { margin-top: 24px; unicode-bidi: isolate }
section > h2 { break-after: avoid }
.said { margin: 4px 0 0 }
.plain { white-space: pre-wrap }
.question > .said { font-weight: 600 }
blockquote { margin: 8px 0; padding-left: 14px; border-left: 2px solid #8888; white-space: pre-wrap }
.said blockquote { white-space: normal }
pre { padding: 12px; border: 1px solid #8884; border-radius: 8px; white-space: pre-wrap; font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace }
table { border-collapse: collapse; margin-top: 8px; font-size: 14px }
th, td { padding: 5px 24px 5px 0; border-bottom: 1px solid #8886; text-align: start; vertical-align: top }
@media print { body { margin: 0; max-width: none; padding: 0 } a { color: inherit } }
`;

/** The only thing a browser may use of an exported page is this one style: no script, no picture, no font, no other page. */
export const exportPolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** Says an answer as HTML that cannot do anything; null where it is plain text. */
export type ToHtml = (markdown: string) => string | null;

/**
 * Chats as one page that is inert: whatever stands in a chat is escaped or made by `toHtml`, which writes elements of its own
 * alone, and a policy refuses all the rest a second time.
 */
export function htmlFormat(words: ExportWords, toHtml: ToHtml): ChatFormat {
  return {
    head: (title) => `<!doctype html>
<html lang="${words.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${exportPolicy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(lineOf(title))}</title>
<style>${style}</style>
</head>
<body>
`,
    *chat({ conversation, texts }) {
      const time = escapeHtml(sayTime(conversation.createdAt, words.language));
      yield `<article>\n<h1 dir="auto">${escapeHtml(lineOf(conversation.title))}</h1>\n<p class="time">${time}</p>\n`;
      for (const message of conversation.messages) {
        const kind = message.role === 'user' ? 'question' : 'answer';
        yield `<section class="${kind}">\n<h2>${escapeHtml(headingOf(message, words))}</h2>\n`;
        for (const text of texts.get(message.id) ?? []) {
          const [source, quoted] = [sourceOf(text), quotedTextOf(text)];
          if (source !== '') yield `<p class="source" dir="auto">${escapeHtml(lineOf(source))}</p>\n`;
          if (quoted !== null) yield `<blockquote dir="auto">${escapeHtml(quoted)}</blockquote>\n`;
        }
        const html = kind === 'answer' ? toHtml(message.text) : null;
        if (html !== null) yield `<div class="said">${html}</div>\n`;
        else if (message.text !== '') yield `<div class="said plain" dir="auto">${escapeHtml(message.text)}</div>\n`;
        yield '</section>\n';
      }
      yield '</article>\n';
    },
    tail: () => '</body>\n</html>\n',
  };
}
