/** What a JPEG says of itself before its pixels: its size, and how the camera was held (1 to 8, as EXIF counts). */
export interface JpegHeader {
  readonly width: number;
  readonly height: number;
  readonly orientation: number;
}

const startOfScan = 0xda;
const exifSegment = 0xe1;
const orientationTag = 0x0112;

/** Reads the segments up to the first pixels (ITU-T T.81, annex B). Throws for what has no size. */
export function readJpegHeader(bytes: Buffer): JpegHeader {
  let at = 2;
  let orientation = 1;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw new Error('no marker where one has to be');
    const marker = bytes.readUInt8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const length = bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at + 4, at + 2 + length);
    if (isFrame(marker) && segment.length >= 5)
      return { height: segment.readUInt16BE(1), width: segment.readUInt16BE(3), orientation };
    if (marker === exifSegment) orientation = orientationOf(segment) ?? orientation;
    if (marker === startOfScan) break;
    at += 2 + length;
  }
  throw new Error('no size');
}

/** A frame of any kind of coding; three of the numbers between are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The orientation in an EXIF segment, a TIFF of its own (CIPA DC-008); null where there is none. */
function orientationOf(segment: Buffer): number | null {
  if (segment.toString('latin1', 0, 6) !== 'Exif\0\0') return null;
  const tiff = segment.subarray(6);
  if (tiff.length < 14) return null;
  const isLittle = tiff.toString('latin1', 0, 2) === 'II';
  const short = (at: number) => (isLittle ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = isLittle ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (first + 2 > tiff.length) return null;
  const end = Math.min(tiff.length, first + 2 + 12 * short(first));
  for (let entry = first + 2; entry + 12 <= end; entry += 12) {
    if (short(entry) !== orientationTag) continue;
    const value = short(entry + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}
