import type { ToldCard } from '../../contract/card.ts';
import type { AtomReview, KeptAtom, StepChange } from '../../contract/sharing.ts';
import {
  type AtomWords,
  nameOf,
  sayDoubt,
  sayFailures,
  sayNames,
  sayOrigin,
  sayPlan,
  sayProof,
  saySeal,
  saySteps,
  sayTouches,
} from '../../locales/say-atom.ts';
import { sayCard } from '../../locales/say-card.ts';
import { sayStep } from '../../locales/say-step.ts';
import { beside, wrap } from '../drawing/layout.ts';
import { type Line, type Look, piece } from '../drawing/pieces.ts';
import type { Words } from '../words.ts';
import { atomWords } from './atom-words.ts';

/** The widest that these are set, however wide the screen; in a pipe, too. */
const mostColumns = 80;
/** Longest words of one step here; `--json` has them whole. */
const longestStep = 600;

export interface Drawing {
  readonly words: Words;
  readonly columns: number | null;
}

type Lines = readonly Line[];

/** All that is told of a file before it is added. */
export function reviewLines(review: AtomReview, drawing: Drawing): Lines {
  const [words, said] = [drawing.words, atomWords(drawing.words)];
  const { atom, seal, here, doubts, proofs, from, madeFrom } = review;
  const isBuiltIn = here?.builtIn === true;
  return [
    [piece(nameOf(said, atom), 'strong'), piece(`  ${words.safe(review.fileName)}  ${atom.hash.slice(0, 8)}`, 'dim')],
    ...items(
      [sayNames(said, atom)].filter((names) => names !== ''),
      drawing,
    ),
    ...items([saySeal(said, seal, 'file'), ...from.map((one) => sayOrigin(said, one))], drawing),
    ...(madeFrom === null ? [] : items(sayMadeFrom(said, madeFrom), drawing)),
    ...(review.card === null ? [] : ['', ...cardLines(review.card, drawing)]),
    ...(doubts.length === 0 ? [] : section(words.say('atoms.look'), [])),
    ...marked(
      doubts.map((doubt) => sayDoubt(said, doubt)),
      '!',
      'bad',
      drawing,
    ),
    ...section(words.say('atoms.does'), numbered(saySteps(said, atom.steps), drawing)),
    ...section(words.say('atoms.touches'), items(sayTouches(said, atom.touches), drawing)),
    ...widenedLines(review, drawing),
    ...(here === null ? [] : changeLines(review, isBuiltIn, drawing)),
    ...section(words.say('atoms.examples'), proofLines(review, proofs, drawing)),
  ];
}

/** What an answer card says of itself, and what of that could not be checked. */
export function cardLines(card: ToldCard, drawing: Drawing): Lines {
  const { words } = drawing;
  const said = atomWords(words);
  const { facts, doubts } = sayCard(said, card);
  const name = card.atom === null ? '' : `  ${words.safe(card.atom.name[said.language])}`;
  return [
    [piece(said.say('card.title'), 'strong'), piece(`${name}  ${words.safe(card.fileName)}`, 'dim')],
    ...items(facts, drawing),
    ...marked(doubts, '!', 'bad', drawing),
    ...(card.said === null ? [] : items([`${said.say('card.said')}: ${words.safe(card.said.text)}`], drawing)),
  ];
}

function sayMadeFrom(said: AtomWords, { kind, leftOut }: NonNullable<AtomReview['madeFrom']>): readonly string[] {
  const left = leftOut.length === 0 ? [] : [said.say('madeFrom.leftOut', { what: leftOut.join(said.say('comma')) })];
  return [said.say(`madeFrom.${kind}`), ...left];
}

/** What an atom that is here does, and may touch. */
export function keptLines(kept: KeptAtom, drawing: Drawing): Lines {
  const [words, said] = [drawing.words, atomWords(drawing.words)];
  const { atom, seal, builtIn, from, proofs } = kept;
  return [
    [piece(nameOf(said, atom), 'strong'), piece(`  ${atom.id}  ${atom.hash.slice(0, 8)}`, 'dim')],
    ...items([saySeal(said, seal, builtIn ? 'built-in' : 'own'), ...from.map((one) => sayOrigin(said, one))], drawing),
    ...section(words.say('atoms.does'), numbered(saySteps(said, atom.steps), drawing)),
    ...section(words.say('atoms.touches'), items(sayTouches(said, atom.touches), drawing)),
    ...section(words.say('atoms.examples'), proofLines({ examples: { length: kept.examples } }, proofs, drawing)),
  ];
}

export function planLines({ atom }: KeptAtom, drawing: Drawing): Lines {
  const said = atomWords(drawing.words);
  return [
    [piece(nameOf(said, atom), 'strong')],
    ...numbered(saySteps(said, atom.steps), drawing),
    '',
    ...items(sayPlan(said, atom), drawing),
  ];
}

/** A line for each atom: its id, its name, who made it, and what its examples came to. */
export function listLines(all: readonly KeptAtom[], { words, columns }: Drawing): Lines {
  const said = atomWords(words);
  const width = Math.max(...all.map(({ atom }) => atom.id.length), 0);
  return all.map((kept) => {
    const { atom, seal, builtIn, proofs, examples } = kept;
    const [proof] = proofs;
    const by = builtIn
      ? 'Beckon'
      : seal.state === 'unsigned'
        ? words.say('atoms.you')
        : seal.state === 'signed' && seal.standing === 'own'
          ? words.say('atoms.you')
          : words.safe(seal.by.name);
    const proved = proof !== undefined ? sayProof(said, proof) : examples === 0 ? said.say('proof.noExamples') : '';
    const line = [
      piece(atom.id.padEnd(width), 'strong'),
      piece(`  ${nameOf(said, atom)}`),
      piece(`  ${[by, proved].filter((part) => part !== '').join(' · ')}`, 'dim'),
    ];
    return columns === null ? line : (beside('', line, 0, columns)[0] ?? line);
  });
}

function widenedLines({ widened }: AtomReview, drawing: Drawing): Lines {
  if (widened.length === 0) return [];
  const said = atomWords(drawing.words);
  return section(
    drawing.words.say('atoms.widened'),
    marked(
      widened.map((one) => said.say(`widened.${one}`)),
      '+',
      'bad',
      drawing,
    ),
  );
}

const signs: Readonly<Record<StepChange['change'], readonly [string, Look]>> = {
  same: [' ', 'dim'],
  added: ['+', 'good'],
  removed: ['-', 'bad'],
  changed: ['~', 'doubtful'],
};

function changeLines({ changes, fields, kind }: AtomReview, isBuiltIn: boolean, drawing: Drawing): Lines {
  const { words } = drawing;
  const said = atomWords(words);
  if (kind === 'same') return section(words.say('atoms.same'), []);
  const lines = changes.flatMap(({ change, step, was }) => {
    const [sign, look] = signs[change];
    const now = marked([sayStep(said, step)], sign, look, drawing);
    return was === null
      ? now
      : [...marked([sayStep(said, was)], '-', 'bad', drawing), ...marked([sayStep(said, step)], '+', 'good', drawing)];
  });
  const others = fields.map((field) => said.say(`field.${field}`)).join(said.say('comma'));
  return section(words.say(isBuiltIn ? 'atoms.changedBuiltIn' : 'atoms.changed'), [
    ...lines,
    ...(others === '' ? [] : items([words.say('atoms.fields', { fields: others })], drawing)),
  ]);
}

function proofLines(
  { examples }: { readonly examples: { readonly length: number } },
  proofs: AtomReview['proofs'],
  drawing: Drawing,
): Lines {
  const said = atomWords(drawing.words);
  if (proofs.length === 0) return items([said.say(examples.length === 0 ? 'proof.noExamples' : 'proof.none')], drawing);
  return proofs.flatMap((proof) => [
    ...items([sayProof(said, proof)], drawing),
    ...marked(sayFailures(said, proof), '×', 'bad', drawing),
  ]);
}

function section(title: string, lines: Lines): Lines {
  return ['', [piece(title, 'strong')], ...lines];
}

function items(texts: readonly string[], drawing: Drawing): Lines {
  return marked(texts, '·', 'dim', drawing);
}

function numbered(texts: readonly string[], drawing: Drawing): Lines {
  return texts.flatMap((text, at) => marked([text], `${at + 1}.`, 'dim', drawing));
}

function marked(texts: readonly string[], sign: string, look: Look, { columns }: Drawing): Lines {
  const width = Math.min(columns ?? mostColumns, mostColumns);
  return texts.flatMap((text) => {
    const short = text.length > longestStep ? `${text.slice(0, longestStep)}…` : text;
    return beside([piece(`  ${sign} `, look)], short, 5, width);
  });
}

export function noteLines(text: string, { columns }: Drawing): Lines {
  return wrap(text, Math.min(columns ?? mostColumns, mostColumns));
}
