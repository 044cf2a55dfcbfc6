import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const limitMs = 120_000;
const most = 256 * 1024 * 1024;
/** Files that one start of the office converts. */
const batch = 15;
const allSheets = 'csv:Text - txt - csv (StarCalc):9,34,76,1,,0,false,true,false,false,false,-1';
const asText = 'txt:Text (encoded):UTF8';

/** Who else reads a kind, and into what. */
const readers = {
  ...Object.fromEntries(['docx', 'odt', 'rtf', 'doc'].map((kind) => [kind, { office: asText }])),
  ...Object.fromEntries(['xlsx', 'ods', 'xls'].map((kind) => [kind, { office: allSheets }])),
  ...Object.fromEntries(['pptx', 'odp', 'ppt'].map((kind) => [kind, { office: 'fodp' }])),
  // Poppler draws in the order of reading, as people read a page.
  pdf: { command: (path) => ['pdftotext', '-enc', 'UTF-8', path, '-'] },
  epub: { command: (path) => ['pandoc', '-f', 'epub', '-t', 'plain', '--wrap=none', path] },
  html: { command: (path) => ['pandoc', '-f', 'html', '-t', 'plain', '--wrap=none', path] },
  eml: { command: (path) => ['python3', helper('read-mail.py'), path] },
  msg: { command: (path) => ['python3', helper('read-mail.py'), path] },
};

/** Who reads a kind by Python, where somebody asks for that. */
const byPython = {
  docx: { command: (path) => ['python3', helper('read-docx.py'), path] },
  pptx: { command: (path) => ['python3', helper('read-pptx.py'), path] },
  xlsx: { command: (path) => ['python3', helper('read-cells.py'), path] },
  xls: { command: (path) => ['python3', helper('read-cells.py'), path] },
};

export const kinds = Object.keys(readers);

const helper = (name) => fileURLToPath(new URL(name, import.meta.url));

/**
 * What others read of documents of one kind, by path; those that they cannot read are not in it. With `python`, what its
 * libraries read where there is one for the kind.
 */
export function readByOthers(kind, paths, folder, python = false) {
  const { office, command } = (python ? byPython[kind] : undefined) ?? readers[kind];
  const texts = new Map();
  if (office === undefined) {
    for (const path of paths) {
      const [program, ...args] = command(path);
      const done = spawnSync(program, args, { encoding: 'utf8', timeout: limitMs, maxBuffer: most });
      if (done.status === 0) texts.set(path, done.stdout);
    }
    return texts;
  }
  for (let from = 0; from < paths.length; from += batch)
    convert(paths.slice(from, from + batch), kind, office, folder, texts);
  return texts;
}

/** One that stops the office takes its neighbours along: these are tried again by themselves. */
function convert(paths, kind, office, folder, texts) {
  const before = texts.size;
  const place = join(folder, `${kind}-${Math.random().toString(36).slice(2)}`);
  mkdirSync(join(place, 'out'), { recursive: true });
  const names = paths.map((path, index) => {
    const name = `d${index}.${kind}`;
    copyFileSync(path, join(place, name));
    return join(place, name);
  });
  const profile = `-env:UserInstallation=file://${join(folder, 'office')}`;
  const args = [profile, '--headless', '--norestore', '--convert-to', office, '--outdir', join(place, 'out'), ...names];
  spawnSync('soffice', args, { timeout: limitMs, killSignal: 'SIGKILL', stdio: 'ignore' });
  const made = readdirSync(join(place, 'out'));
  for (const [index, path] of paths.entries()) {
    const own = made.filter((name) => name.startsWith(`d${index}.`) || name.startsWith(`d${index}-`));
    if (own.length > 0) texts.set(path, own.map((name) => textOf(join(place, 'out', name))).join('\n'));
  }
  if (texts.size < before + paths.length && paths.length > 1)
    for (const path of paths.filter((one) => !texts.has(one))) convert([path], kind, office, folder, texts);
}

function textOf(path) {
  const text = readFileSync(path, 'utf8');
  if (!path.endsWith('.fodp')) return text;
  const body = text
    .slice(text.indexOf('<office:body'))
    .replace(/<office:binary-data>[\s\S]*?<\/office:binary-data>/g, '')
    .replace(/<draw:object\b[\s\S]*?<\/draw:object>/g, '')
    // Fields that the office fills itself: today's date, and a word in the place of a number.
    .replace(/<(text:(?:page-number|date|time))\b[^>]*>[\s\S]*?<\/\1>/g, '');
  return [...body.matchAll(/<text:(?:p|h)\b[^>]*>([\s\S]*?)<\/text:(?:p|h)>/g)]
    .map(([, inner]) => decoded(inner.replace(/<text:(?:s|tab|line-break)\b[^>]*\/>/g, ' ').replace(/<[^>]*>/g, '')))
    .join('\n');
}

const signs = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text) {
  return text
    .replace(/&#x([\da-f]+);/gi, (_, code) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
    .replace(/&(lt|gt|amp|quot|apos);/g, (_, name) => signs[name]);
}
