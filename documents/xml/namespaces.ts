/**
 * The namespaces of office documents with the prefix that their standards write for each (ECMA-376, transitional and strict;
 * ISO/IEC 26300): documents may call them anything.
 */
const prefixes: Readonly<Record<string, string>> = {
  'http://schemas.openxmlformats.org/wordprocessingml/2006/main': 'w',
  'http://purl.oclc.org/ooxml/wordprocessingml/main': 'w',
  'http://schemas.openxmlformats.org/spreadsheetml/2006/main': '',
  'http://purl.oclc.org/ooxml/spreadsheetml/main': '',
  'http://schemas.openxmlformats.org/presentationml/2006/main': 'p',
  'http://purl.oclc.org/ooxml/presentationml/main': 'p',
  'http://schemas.openxmlformats.org/drawingml/2006/main': 'a',
  'http://purl.oclc.org/ooxml/drawingml/main': 'a',
  'http://schemas.openxmlformats.org/drawingml/2006/chart': 'c',
  'http://purl.oclc.org/ooxml/drawingml/chart': 'c',
  'http://schemas.openxmlformats.org/drawingml/2006/diagram': 'dgm',
  'http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing': 'wp',
  'http://schemas.openxmlformats.org/officeDocument/2006/relationships': 'r',
  'http://purl.oclc.org/ooxml/officeDocument/relationships': 'r',
  'http://schemas.openxmlformats.org/officeDocument/2006/math': 'm',
  'http://schemas.openxmlformats.org/markup-compatibility/2006': 'mc',
  'http://schemas.openxmlformats.org/package/2006/relationships': '',
  'http://schemas.openxmlformats.org/package/2006/content-types': '',
  'urn:oasis:names:tc:opendocument:xmlns:office:1.0': 'office',
  'urn:oasis:names:tc:opendocument:xmlns:text:1.0': 'text',
  'urn:oasis:names:tc:opendocument:xmlns:table:1.0': 'table',
  'urn:oasis:names:tc:opendocument:xmlns:style:1.0': 'style',
  'urn:oasis:names:tc:opendocument:xmlns:drawing:1.0': 'draw',
  'urn:oasis:names:tc:opendocument:xmlns:presentation:1.0': 'presentation',
  'urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0': 'svg',
  'urn:oasis:names:tc:opendocument:xmlns:manifest:1.0': 'manifest',
  'http://purl.org/dc/elements/1.1/': 'dc',
};

/** Names as the standards write them, whatever prefixes a document has. */
export class StandardNames {
  /** Prefixes of this document by how standards write them, where the two differ. */
  readonly #own = new Map<string, string>();
  readonly #standard = new Map<string, string>();
  readonly #names = new Map<string, string>();

  /** Learns what an element says of prefixes. */
  learn(attributes: Readonly<Record<string, string>>): void {
    for (const [name, uri] of Object.entries(attributes)) {
      if (name !== 'xmlns' && !name.startsWith('xmlns:')) continue;
      const prefix = name.slice('xmlns:'.length);
      const standard = prefixes[uri];
      if (standard === undefined || standard === prefix) continue;
      this.#standard.set(prefix, standard);
      if (prefix !== '') this.#own.set(standard, prefix);
    }
  }

  /** An element's name as the standards write it. */
  nameOf(written: string): string {
    if (this.#standard.size === 0) return written;
    const known = this.#names.get(written);
    if (known !== undefined) return known;
    const colon = written.indexOf(':');
    const prefix = this.#standard.get(colon < 0 ? '' : written.slice(0, colon));
    const local = written.slice(colon + 1);
    const name = prefix === undefined ? written : prefix === '' ? local : `${prefix}:${local}`;
    this.#names.set(written, name);
    return name;
  }

  /** How this document writes the name of an attribute. */
  written(name: string): string {
    if (this.#own.size === 0) return name;
    const colon = name.indexOf(':');
    const own = colon < 0 ? undefined : this.#own.get(name.slice(0, colon));
    return own === undefined ? name : `${own}:${name.slice(colon + 1)}`;
  }
}
