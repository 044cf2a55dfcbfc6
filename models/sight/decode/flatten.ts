import type { Bitmap } from '../bitmap.ts';

/**
 * Puts a picture that is clear in part onto a ground, in its own memory: a dark one for light things and a white one for dark
 * things, since what is drawn is what has to be seen.
 */
export function flatten(bitmap: Bitmap): Bitmap {
  const { data } = bitmap;
  let clear = 0;
  let seen = 0;
  let light = 0;
  for (let at = 3; at < data.length; at += 4) {
    const alpha = data[at] as number;
    if (alpha === 255) seen += 1;
    else clear += 1;
    if (alpha > 127) light += ((data[at - 3] as number) + (data[at - 2] as number) + (data[at - 1] as number)) / 3;
  }
  if (clear === 0) return bitmap;
  // Where hardly anything is clear the rest is the picture's own ground, and white is what every viewer shows.
  const ground = clear > seen && light / Math.max(1, seen) > 140 ? 24 : 255;
  for (let at = 3; at < data.length; at += 4) {
    const share = (data[at] as number) / 255;
    if (share === 1) continue;
    for (let colour = at - 3; colour < at; colour += 1)
      data[colour] = (data[colour] as number) * share + ground * (1 - share);
  }
  return bitmap;
}
