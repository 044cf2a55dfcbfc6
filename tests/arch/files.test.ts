import { describe, expect, it } from 'vitest';
import { functionLengths } from './function-lengths.ts';
import { productFolders, readSources, readStyleSheets } from './source-files.ts';

const product = readSources(productFolders);
const everything = readSources([...productFolders, 'tests', 'bench']);
const lineLimit = 300;
const functionLineLimit = 50;
const styleSheetLineLimit = 300;

describe('files', () => {
  it('stay within 300 lines', () => {
    const long = [...everything.values()]
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > lineLimit);
    expect(long).toEqual([]);
  });

  it('have no function of more than 50 lines, whatever form it has', () => {
    const long = [...product.values()].flatMap(({ path, text }) =>
      functionLengths(path, text)
        .filter(({ lines }) => lines > functionLineLimit)
        .map(({ name, lines }) => `${path} ${name}: ${lines}`),
    );
    expect(long).toEqual([]);
  });

  it('are measured by every function in them', () => {
    const body = '\n'.repeat(50);
    const forms = [
      `function long() {${body}}`,
      `const long = async () => {${body}};`,
      `class Some { async *long() {${body}} }`,
      `class Some { readonly #long = function () {${body}}; }`,
      `const some = { 'a.long': () => {${body}} };`,
      `use(() => {${body}});`,
    ];
    for (const text of forms)
      expect(
        functionLengths('probe.ts', text).map(({ lines }) => lines),
        text.trim(),
      ).toEqual([51]);
  });

  it('of styles stay within 300 lines', () => {
    const sheets = readStyleSheets(productFolders);
    expect(sheets.length).toBeGreaterThan(3);
    expect(sheets.filter(({ text }) => text.split('\n').length > styleSheetLineLimit).map(({ path }) => path)).toEqual(
      [],
    );
  });

  it('hold no any, no ignored type error, and no path of the machine they were written on', () => {
    const patterns = [/:\s*any\b/, /\bas any\b/, /<any>/, /@ts-(ignore|nocheck|expect-error)/, /\/(home|Users)\/\w+\//];
    const found = [...everything.values()].flatMap(({ path, text }) =>
      path.startsWith('tests/arch/')
        ? []
        : patterns.filter((pattern) => pattern.test(text)).map((pattern) => `${path}: ${pattern}`),
    );
    expect(found).toEqual([]);
  });

  it('hold no comment that begins in the middle of a sentence, so that each can be read alone', () => {
    const opening =
      /^\s*(?:\/\*\*|\/\/|\*) ?(?:Of |The same\b|They |As of |Anew|So (?:long|often|many) |In all|Such |Those |As it |One at a time)/;
    const found = [...product.values()].flatMap(({ path, text }) => {
      const lines = text.split('\n');
      // Later lines of a comment begin wherever the line before ends.
      const begins = (at: number) =>
        !/^\s*(?:\/\/|\*(?!\/))/.test(lines[at] ?? '') || !/^\s*(?:\/\/|\/?\*)/.test(lines[at - 1] ?? '');
      const isFirst = (at: number) => begins(at) || /^\s*\/\*\*\s*$/.test(lines[at - 1] ?? '');
      return lines.flatMap((line, at) =>
        opening.test(line) && isFirst(at) ? [`${path}:${at + 1}: ${line.trim()}`] : [],
      );
    });
    expect(found).toEqual([]);
  });

  it('open no database in memory by what takes care of its file, which makes one of that name', () => {
    const found = [...everything.values()].filter(({ text }) => /\bopenDatabase\(\s*':memory:'/.test(text));
    expect(found.map(({ path }) => path)).toEqual([]);
  });

  it('make windows in the registry and nowhere else', () => {
    const makers = [...product.values()].filter(({ text }) =>
      /new\s+(BrowserWindow|WebContentsView|BrowserView)\b/.test(text),
    );
    expect(makers.map(({ path }) => path)).toEqual(['main/windows/registry.ts']);
  });

  it('open links through one function and never a path', () => {
    const openers = [...product.values()].filter(({ text }) => /shell\.open(External|Path)/.test(text));
    expect(openers.map(({ path }) => path)).toEqual(['main/electron/links.ts']);
    for (const { text } of openers) expect(text).not.toContain('openPath');
  });

  it('reach the network from one module', () => {
    const users = [...product.values()].filter(
      ({ path, text }) => !path.startsWith('core/egress/') && /from 'node:(https?|http2|tls|dgram|dns)'/.test(text),
    );
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it('build no HTML from strings in pages', () => {
    const found = [...product.values()].filter(
      ({ path, text }) =>
        path.startsWith('renderer/') && /dangerouslySetInnerHTML|\.innerHTML|insertAdjacentHTML|\beval\(/.test(text),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
  });
});
