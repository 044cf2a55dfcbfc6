/** The upper half of code page 850, which DOS and consoles of Windows write in Western Europe; `TextDecoder` has it not. */
const upperHalf =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u00AD±‗¾¶§÷¸°¨·¹³²■\u00A0';

/** Bytes of code page 850 as a string. Code page 437 has the same letters of German, French and Spanish. */
export function decodeDos(bytes: Uint8Array): string {
  let text = '';
  for (let from = 0; from < bytes.length; from += 8192) {
    const codes = [...bytes.subarray(from, from + 8192)];
    text += codes.map((code) => (code < 128 ? String.fromCharCode(code) : (upperHalf[code - 128] ?? ''))).join('');
  }
  return text;
}
