/** Words of which one side denies the other; models of meaning find them alike, since they stand in the same places. */
const pairs: readonly (readonly [RegExp, RegExp])[] = [
  [
    /\b(?:more|rise[sn]?|rising|rose|up|gr[eo]w\w*|increas\w+|gain\w*)\b/i,
    /\b(?:less|fewer|f[ae]ll\w*|down|drop\w*|decreas\w+|shr[aiu]nk\w*|lost)\b/i,
  ],
  [/\b(?:cheap\w*|lower\w*)\b/i, /\b(?:dear\w*|expensive|rose|higher)\b/i],
  [/\b(?:early|earlier|ahead of)\b/i, /\b(?:late|later|postpone\w*|delay\w*)\b/i],
  [/\b(?:open\w*|begin\w*|start\w*)\b/i, /\b(?:clos(?:e[sd]?|ing)|end(?:s|ed)?|stop\w*)\b/i],
  [/\b(?:allow\w*|may|permit\w*)\b/i, /\b(?:forbid\w*|forbade|ban(?:s|ned)?|prohibit\w*)\b/i],
  [/\b(?:accept\w*|agree\w*|welcome\w*)\b/i, /\b(?:reject\w*|refus\w*|disagree\w*|complain\w*|oppos\w+)\b/i],
  [/\b(?:all|every(?:one|body)?)\b/i, /\b(?:some|few|divided)\b/i],
  [/\b(?:large|big|wide|high|long)\b/i, /\b(?:small|narrow|low|short)\b/i],
  [/增加|增长|上涨|上升|提高|变多|越来越多|更多/, /减少|下降|降低|变少|越来越少|更少/],
  [/提前|更早/, /推迟|延后|往后|更晚/],
  [/宽/, /窄|狭/],
  [/开始|开放|打开|开通/, /结束|停止|关闭|取消/],
  [/可以|允许/, /不能|禁止|不要/],
  [/同意|赞成|欢迎/, /反对|拒绝/],
  [/免费/, /收费|付钱|付费|罚款/],
];

/** Whether one of two sentences has a word whose opposite the other has, and neither has both. */
export function saysOpposite(one: string, other: string): boolean {
  return pairs.some(
    ([up, down]) =>
      (onlyFirst(one, up, down) && onlyFirst(other, down, up)) ||
      (onlyFirst(one, down, up) && onlyFirst(other, up, down)),
  );
}

function onlyFirst(text: string, first: RegExp, second: RegExp): boolean {
  return first.test(text) && !second.test(text);
}
