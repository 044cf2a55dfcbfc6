const head = (kind: string) =>
  `<?xml version="1.0" encoding="UTF-8"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.${kind}"><office:body>`;

const escapeXml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** A flat OpenDocument text (`.fodt`) with one paragraph a line. */
export function makeTextDocument(lines: readonly string[]): string {
  const paragraphs = lines.map((line) => `<text:p>${escapeXml(line)}</text:p>`).join('');
  return `${head('text')}<office:text>${paragraphs}</office:text></office:body></office:document>`;
}

/** A flat OpenDocument spreadsheet (`.fods`) with one column. */
export function makeSpreadsheet(cells: readonly string[]): string {
  const cell = (text: string) =>
    `<table:table-row><table:table-cell office:value-type="string"><text:p>${escapeXml(text)}</text:p></table:table-cell></table:table-row>`;
  const table = `<table:table table:name="Sheet1"><table:table-column/>${cells.map(cell).join('')}</table:table>`;
  return `${head('spreadsheet')}<office:spreadsheet>${table}</office:spreadsheet></office:body></office:document>`;
}

/** The paragraphs of a saved `.fodt`, those of lists too. */
export function readTextDocument(xml: string): readonly string[] {
  return paragraphsOf(/<office:text[ >][\s\S]*<\/office:text>/.exec(xml)?.[0] ?? '');
}

/** The cells of a saved `.fods` that hold something, row by row; lines inside a cell are apart by a line's end. */
export function readSpreadsheet(xml: string): readonly string[] {
  const body = /<office:spreadsheet[ >][\s\S]*<\/office:spreadsheet>/.exec(xml)?.[0] ?? '';
  const cells = body.matchAll(/<table:table-cell(?: [^>]*)?(?:\/>|>([\s\S]*?)<\/table:table-cell>)/g);
  return [...cells].map(([, inside = '']) => paragraphsOf(inside).join('\n')).filter((text) => text !== '');
}

function paragraphsOf(xml: string): readonly string[] {
  const paragraphs = xml.matchAll(/<text:(?:p|h)(?: [^>]*)?(?:\/>|>([\s\S]*?)<\/text:(?:p|h)>)/g);
  return [...paragraphs].map(([, inside = '']) => plain(inside));
}

/** In a cell of several lines Calc writes spaces in a row as they are, elsewhere as `text:s`; line's ends only indent. */
function plain(xml: string): string {
  return xml
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/<text:s(?: text:c="(\d+)")?\/>/g, (_, count?: string) => ' '.repeat(Number(count ?? 1)))
    .replaceAll('<text:line-break/>', '\n')
    .replaceAll('<text:tab/>', '\t')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
