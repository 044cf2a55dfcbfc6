import * as z from 'zod';
import { type AtomFile, atomFileSchema } from '../../contract/atom.ts';
import contractDuties from './builtin/contract-duties.json' with { type: 'json' };
import correct from './builtin/correct.json' with { type: 'json' };
import differences from './builtin/differences.json' with { type: 'json' };
import explain from './builtin/explain.json' with { type: 'json' };
import joinLines from './builtin/join-lines.json' with { type: 'json' };
import listActions from './builtin/list-actions.json' with { type: 'json' };
import listLinks from './builtin/list-links.json' with { type: 'json' };
import minutesToActions from './builtin/minutes-to-actions.json' with { type: 'json' };
import plainText from './builtin/plain-text.json' with { type: 'json' };
import prettyJson from './builtin/pretty-json.json' with { type: 'json' };
import reply from './builtin/reply.json' with { type: 'json' };
import rewriteClearer from './builtin/rewrite-clearer.json' with { type: 'json' };
import rewriteFormal from './builtin/rewrite-formal.json' with { type: 'json' };
import rewriteLonger from './builtin/rewrite-longer.json' with { type: 'json' };
import rewritePolite from './builtin/rewrite-polite.json' with { type: 'json' };
import rewriteShorter from './builtin/rewrite-shorter.json' with { type: 'json' };
import sortLines from './builtin/sort-lines.json' with { type: 'json' };
import summarise from './builtin/summarise.json' with { type: 'json' };
import tableCsv from './builtin/table-csv.json' with { type: 'json' };
import tableMarkdown from './builtin/table-markdown.json' with { type: 'json' };
import threadReply from './builtin/thread-reply.json' with { type: 'json' };
import translate from './builtin/translate.json' with { type: 'json' };
import translateFrench from './builtin/translate-french.json' with { type: 'json' };
import translateGerman from './builtin/translate-german.json' with { type: 'json' };
import translateJapanese from './builtin/translate-japanese.json' with { type: 'json' };
import translateKorean from './builtin/translate-korean.json' with { type: 'json' };
import translateRussian from './builtin/translate-russian.json' with { type: 'json' };
import translateSpanish from './builtin/translate-spanish.json' with { type: 'json' };
import uniqueLines from './builtin/unique-lines.json' with { type: 'json' };

/** The actions that come with Beckon, in the order of the list. They are files like a person's own, checked by the same schema. */
export function builtinAtoms(): readonly AtomFile[] {
  return z
    .array(atomFileSchema)
    .parse([
      ...[correct, rewriteClearer, rewriteShorter, rewritePolite, rewriteFormal, rewriteLonger, translate],
      ...[translateJapanese, translateKorean, translateFrench, translateGerman, translateSpanish, translateRussian],
      ...[plainText, joinLines, tableMarkdown, tableCsv, sortLines, uniqueLines, prettyJson],
      ...[listLinks, minutesToActions, contractDuties, differences, threadReply],
      ...[summarise, explain, listActions, reply],
    ]);
}
