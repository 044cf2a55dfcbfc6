import { describe, expect, it } from 'vitest';
import { productFolders, readSources } from './source-files.ts';

const product = readSources(productFolders);
const everything = readSources([...productFolders, 'tests', 'bench']);
const lineLimit = 400;

describe('files', () => {
  it('stay within 400 lines', () => {
    const long = [...everything.values()]
      .map(({ path, text }) => ({ path, lines: text.split('\n').length }))
      .filter(({ lines }) => lines > lineLimit);
    expect(long).toEqual([]);
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
