// Reads one document by a library alone: `direct-document.ts pdf|xlsx|docx FILE [FOLDER OF MAMMOTH]`. Prints characters, peak
// memory in bytes and milliseconds of the processor.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';
import { characterMapFolder, loadPdfLibrary } from '../../documents/pdf/pdf-library.ts';

const [kind = '', path = '', folder = ''] = process.argv.slice(2);

/** Every piece of text with where it stands. */
async function readPdf(): Promise<number> {
  const library = await loadPdfLibrary();
  const data = new Uint8Array(readFileSync(path));
  const document = await library.getDocument({
    data,
    cMapUrl: characterMapFolder(import.meta.filename),
    cMapPacked: true,
  }).promise;
  let characters = 0;
  for (let number = 1; number <= document.numPages; number += 1) {
    const page = await document.getPage(number);
    const { items } = await page.getTextContent();
    for (const item of items) if ('str' in item) characters += item.str.length;
    page.cleanup();
  }
  return characters;
}

async function readXlsx(): Promise<number> {
  const { read, utils } = await import('@e965/xlsx');
  const book = read(readFileSync(path), { type: 'buffer', dense: true, cellHTML: false, cellFormula: false });
  return book.SheetNames.reduce((sum, name) => {
    const sheet = book.Sheets[name];
    return sum + (sheet === undefined ? 0 : utils.sheet_to_csv(sheet).length);
  }, 0);
}

interface Mammoth {
  convertToHtml(input: { readonly path: string }): Promise<{ readonly value: string }>;
}

async function readDocx(): Promise<number> {
  const mammoth = createRequire(join(folder, 'package.json'))('mammoth') as Mammoth;
  return (await mammoth.convertToHtml({ path })).value.length;
}

const readers: Readonly<Record<string, () => Promise<number>>> = { pdf: readPdf, xlsx: readXlsx, docx: readDocx };
const characters = (await readers[kind]?.()) ?? 0;
const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
console.log(JSON.stringify({ characters, peak: maxRSS * 1024, processorMs: (userCPUTime + systemCPUTime) / 1000 }));
