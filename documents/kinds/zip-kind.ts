import { walkXml } from '../xml/read-xml.ts';
import type { OpenedZip } from './opened-zip.ts';

/** What an archive is by what is in it. */
export type ZipKind =
  | 'docx'
  | 'xlsx'
  | 'xlsb'
  | 'pptx'
  | 'odt'
  | 'ods'
  | 'odp'
  | 'otherOpenDocument'
  | 'epub'
  | 'archive';

/** Types of the main part of an office document (ECMA-376, part 1, annex A; and those with macros, which are never run). */
const mainTypes: readonly (readonly [RegExp, ZipKind])[] = [
  [/(wordprocessingml\.(document|template)|ms-word\.(document|template)\.macroEnabled\w*)\.main\+xml/i, 'docx'],
  [/sheet\.binary\.macroEnabled\.main/i, 'xlsb'],
  [/(spreadsheetml\.(sheet|template)|ms-excel\.(sheet|template|addin)\.macroEnabled)\.main\+xml/i, 'xlsx'],
  [
    /(presentationml\.(presentation|slideshow|template)|ms-powerpoint\.(presentation|slideshow|template)\.macroEnabled)\.main\+xml/i,
    'pptx',
  ],
];
const openDocument = 'application/vnd.oasis.opendocument.';
const openDocumentKinds: Readonly<Record<string, ZipKind>> = { text: 'odt', spreadsheet: 'ods', presentation: 'odp' };
const longestType = 200;

/** Tells an archive by its parts: programs write them in any order, so that the first bytes tell nothing. Throws `file/…`. */
export async function zipKind(opened: OpenedZip): Promise<ZipKind> {
  const { zip } = opened;
  if (zip.has('[Content_Types].xml')) return (await kindByTypes(opened)) ?? 'archive';
  if (zip.has('mimetype')) {
    const type = await shortText(opened, 'mimetype');
    if (type.startsWith('application/epub')) return 'epub';
    if (type.startsWith(openDocument)) return kindOfOpenDocument(type.slice(openDocument.length));
  }
  if (zip.has('META-INF/manifest.xml') && zip.has('content.xml')) return kindByManifest(opened);
  return zip.has('META-INF/container.xml') ? 'epub' : 'archive';
}

async function kindByTypes({ zip, budget }: OpenedZip): Promise<ZipKind | null> {
  let kind: ZipKind | null = null;
  await walkXml(zip.chunks('[Content_Types].xml'), budget, {
    open: (name, get) => {
      if (name !== 'Override' && name !== 'Default') return;
      const type = get('ContentType') ?? '';
      kind ??= mainTypes.find(([pattern]) => pattern.test(type))?.[1] ?? null;
    },
  });
  return kind;
}

async function kindByManifest({ zip, budget }: OpenedZip): Promise<ZipKind> {
  let type = '';
  await walkXml(zip.chunks('META-INF/manifest.xml'), budget, {
    open: (name, get) => {
      if (name === 'manifest:file-entry' && get('manifest:full-path') === '/') type = get('manifest:media-type') ?? '';
    },
  });
  return type.startsWith(openDocument) ? kindOfOpenDocument(type.slice(openDocument.length)) : 'archive';
}

/** `text`, `text-template`, `text-master`: what comes behind the kind is how it is used. */
function kindOfOpenDocument(type: string): ZipKind {
  return openDocumentKinds[type.trim().split('-')[0] ?? ''] ?? 'otherOpenDocument';
}

async function shortText({ zip }: OpenedZip, part: string): Promise<string> {
  for await (const chunk of zip.chunks(part)) return chunk.toString('latin1', 0, longestType);
  return '';
}
