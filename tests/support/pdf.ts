/** A small PDF of our own making: one page for each text, in a Chinese font that is not in the file, or a Latin one. */
export function makePdf(pages: readonly string[], font: 'chinese' | 'latin' = 'chinese'): Buffer {
  const objects = [
    font === 'latin'
      ? '<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>'
      : '<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[2 0 R]>>',
    '<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor 3 0 R>>',
    '<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[0 -200 1000 900]/ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80>>',
  ];
  const tree = objects.length + 2 * pages.length + 1;
  const kids: string[] = [];
  for (const text of pages) {
    const encoded = (line: string) =>
      font === 'latin' ? Buffer.from(line, 'latin1') : Buffer.from(line, 'utf16le').swap16();
    const lines = text.split('\n').map((line) => `<${encoded(line).toString('hex')}> Tj T*`);
    const content = text === '' ? '20 20 200 200 re f' : `BT /F1 12 Tf 14 TL 50 780 Td ${lines.join(' ')} ET`;
    objects.push(`<</Length ${content.length}>>stream\n${content}\nendstream`);
    const resources = '<</Font<</F1 1 0 R>>>>';
    objects.push(
      `<</Type/Page/Parent ${tree} 0 R/MediaBox[0 0 595 842]/Contents ${objects.length} 0 R/Resources${resources}>>`,
    );
    kids.push(`${objects.length} 0 R`);
  }
  objects.push(`<</Type/Pages/Count ${pages.length}/Kids[${kids.join(' ')}]>>`);
  objects.push(`<</Type/Catalog/Pages ${tree} 0 R>>`);
  let body = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const trailer = `trailer<</Size ${objects.length + 1}/Root ${objects.length} 0 R>>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, 'latin1');
}
