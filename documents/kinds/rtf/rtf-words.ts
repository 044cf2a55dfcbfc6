/** Groups that hold no text of the document. */
export const asides = new Set(
  'colortbl info pict object header headerl headerr headerf footer footerl footerr footerf listtable listoverridetable revtbl rsidtbl generator themedata colorschememapping latentstyles datastore xmlnstbl fldinst bkmkstart bkmkend ftnsep ftnsepc aftnsep aftnsepc pntxtb pntxta pnseclvl atnid atndate atnref atntime atnparent nonshppict mmathPr template stylerestrictions'.split(
    ' ',
  ),
);
/** Words that give a paragraph its form. */
export const ofParagraphs: ReadonlySet<string> = new Set(['pard', 's', 'outlinelevel', 'intbl']);
/** Words of the format that stand for a sign. */
export const signs: Readonly<Record<string, string>> = {
  tab: '\t',
  line: '\n',
  emdash: '—',
  endash: '–',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
  bullet: '•',
  emspace: ' ',
  enspace: ' ',
  '~': '\u00A0',
  _: '\u2011',
  '\\': '\\',
  '{': '{',
  '}': '}',
};
