/** A line of a form: its words, and what stands in its field; a tick is true or false. */
export interface FormLine {
  readonly label: string;
  readonly value: string | boolean;
}

/** A small PDF form of our own making, filled in: text fields behind their words, tick boxes before them; and one comment. */
export function makeFormPdf(
  lines: readonly FormLine[],
  comment: { readonly by: string; readonly text: string },
): Buffer {
  const y = (index: number) => 760 - 40 * index;
  const words = lines.map(({ label, value }, index) => {
    const x = typeof value === 'boolean' ? 90 : 50;
    return `BT /F1 12 Tf ${x} ${y(index)} Td (${label}) Tj ET`;
  });
  const fields = lines.map(({ label, value }, index) => {
    const isTick = typeof value === 'boolean';
    const [left, right] = isTick ? [60, 76] : [250, 450];
    const rect = `/Rect[${left} ${y(index) - 4} ${right} ${y(index) + 14}]`;
    const states = '/AP<</N<</Yes 4 0 R/Off 4 0 R>>>>';
    const said = isTick
      ? `/FT/Btn/V/${value ? 'Yes' : 'Off'}/AS/${value ? 'Yes' : 'Off'}${states}`
      : `/FT/Tx/V(${value})`;
    return `<</Type/Annot/Subtype/Widget/F 4/T(${label})${rect}${said}>>`;
  });
  const note = `<</Type/Annot/Subtype/Text/F 4/Rect[500 700 520 720]/T(${comment.by})/Contents(${comment.text})>>`;
  const annotations = [...fields, note];
  const first = 6;
  const numbers = annotations.map((_, index) => `${first + index} 0 R`);
  const content = words.join('\n');
  const objects = [
    `<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[${numbers.slice(0, -1).join(' ')}]>>>>`,
    '<</Type/Pages/Count 1/Kids[3 0 R]>>',
    `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 5 0 R/Annots[${numbers.join(' ')}]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>`,
    '<</Type/XObject/Subtype/Form/BBox[0 0 16 16]/Length 0>>stream\n\nendstream',
    `<</Length ${content.length}>>stream\n${content}\nendstream`,
    ...annotations,
  ];
  let body = '%PDF-1.7\n';
  const places = objects.map((object, index) => {
    const place = body.length;
    body += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  const trailer = `trailer<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${body.length}\n%%EOF\n`;
  return Buffer.from(body + table + trailer, 'latin1');
}
