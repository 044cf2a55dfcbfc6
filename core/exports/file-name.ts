/** Longest name in bytes without its ending: file systems take 255, and some people keep files in encrypted folders (143). */
const longestBytes = 120;
const notInNames = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}/\\:*?"<>|]/gu;
/** Names that Windows keeps for devices, with whatever ending. */
const devices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?$/i;

/** A title as the name of a file on any system, without an ending; `instead` where nothing of it can stand. */
export function fileNameOf(title: string, instead: string): string {
  const flat = title.toWellFormed().replaceAll(notInNames, ' ').replaceAll(/\s+/g, ' ');
  // A first dot hides a file; Windows drops dots and spaces at the end.
  const name = cut(flat.replace(/^[\s.]+/, '')).replace(/[\s.]+$/, '');
  if (name === '') return instead;
  return devices.test(name) ? `${name}_` : name;
}

/** Cut between characters as people see them: half an emoji is another one. */
function cut(text: string): string {
  if (Buffer.byteLength(text) <= longestBytes) return text;
  let kept = '';
  for (const { segment } of new Intl.Segmenter().segment(text.slice(0, longestBytes))) {
    if (Buffer.byteLength(kept + segment) > longestBytes) break;
    kept += segment;
  }
  return kept;
}
