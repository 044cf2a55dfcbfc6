/** A text in a PDF, drawn at its place in points from the lower left, in Helvetica. */
export interface PlacedText {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
  /** Room after each letter, in points. */
  readonly spread?: number;
}

/** A small PDF of our own making: pages of texts, drawn in the order given. */
export function placedPdf(pages: readonly (readonly PlacedText[])[]): Buffer {
  const objects = ['<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>'];
  const tree = 2 * pages.length + 2;
  for (const texts of pages) {
    const content = texts.map(drawn).join('\n');
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`);
    const resources = '/Resources<</Font<</F1 1 0 R>>>>';
    objects.push(`<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 595 842]/Contents ${objects.length} 0 R${resources}>>`);
  }
  const kids = pages.map((_, at) => `${2 * at + 3} 0 R`);
  objects.push(`<</Type/Pages/Count ${pages.length}/Kids[${kids.join(' ')}]>>`);
  objects.push(`<</Type/Catalog/Pages ${tree} 0 R>>`);
  const body = objects.map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`).join('');
  // A table of places would only say what readers find themselves.
  return Buffer.from(`%PDF-1.4\n${body}trailer<</Size ${objects.length + 1}/Root ${tree + 1} 0 R>>\n%%EOF\n`, 'latin1');
}

function drawn({ text, x, y, size = 10, spread = 0 }: PlacedText): string {
  const hex = Buffer.from(text, 'latin1').toString('hex');
  return `BT /F1 ${size} Tf ${spread} Tc 1 0 0 1 ${x} ${y} Tm <${hex}> Tj ET`;
}
