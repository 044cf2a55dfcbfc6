import { createHash } from 'node:crypto';
import type { Card, CardPage, CardPageWords } from '../../../contract/card.ts';
import { escapeHtml } from '../../../text/escape-html.ts';
import { packCard } from './packed-card.ts';

const style = `
:root { color-scheme: light dark }
body { max-width: 540px; margin: 24px auto; padding: 0 24px; font: 15px/1.6 system-ui, "Noto Sans", "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; overflow-wrap: anywhere }
.plain { white-space: pre-wrap }
h1 { font-size: 14px; font-weight: 600; margin: 0 0 12px }
blockquote { margin: 6px 0; padding-left: 12px; border-left: 2px solid #8888 }
pre { padding: 12px; border: 1px solid #8884; border-radius: 8px; white-space: pre-wrap; font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace }
table { border-collapse: collapse; font-size: 14px }
th, td { padding: 5px 20px 5px 0; border-bottom: 1px solid #8886; text-align: start; vertical-align: top }
footer { margin-top: 24px; border-top: 1px solid #8884; padding-top: 12px; font-size: 12px; color: #656e7c }
footer p { margin: 2px 0 }
svg { background: #fff; margin-top: 12px; max-width: 100% }
`;
const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`;

/** A card as a page that can do nothing: what stands in it is escaped or made by `toHtml`, and a policy refuses all the rest. */
export function htmlCard(
  card: Card,
  { words, action, code, language }: CardPage,
  said: CardPageWords,
  toHtml: (markdown: string) => string | null,
): string {
  const answer = toHtml(words.text);
  const sources = words.sources.map(
    ({ title, quote }) =>
      `<p>${escapeHtml(title)}</p>${quote === null ? '' : `<blockquote dir="auto">${escapeHtml(quote)}</blockquote>`}`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="beckon-card" content="${packCard(card)}">
<title>${escapeHtml(action ?? 'Beckon')}</title>
<style>${style}</style>
</head>
<body>
<main>
${action === null ? '' : `<h1>${escapeHtml(action)}</h1>\n`}${answer === null ? `<div class="plain" dir="auto">${escapeHtml(words.text)}</div>` : `<div>${answer}</div>`}
${sources.length === 0 ? '' : `<section><h1>${escapeHtml(said.sources)}</h1>${sources.join('\n')}</section>\n`}</main>
<footer>
${said.made.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n')}
<p>${escapeHtml(said.use)}</p>
${svgOf(code)}
</footer>
</body>
</html>
`;
}

/** A code as one path of squares. */
function svgOf(rows: readonly string[]): string {
  const size = rows.length;
  const path = rows.flatMap((row, y) => [...row].map((dark, x) => (dark === '1' ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${size * 3}" height="${size * 3}" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges"><path d="${path}"/></svg>`;
}
