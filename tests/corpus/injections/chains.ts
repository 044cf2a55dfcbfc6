import type { ChainFile } from '../../../contract/atom.ts';
import type { Step } from '../../../contract/atom-steps.ts';

const both = (text: string) => ({ en: text, 'zh-CN': text });
const ask = (prompt: string): Step => ({ do: 'prompt', prompt: both(prompt) });

function chain(id: string, steps: readonly Step[], output: ChainFile['output'] = 'show'): ChainFile {
  return { atom: 2, id, name: both(id), input: 'selection', output, steps: [...steps] } as ChainFile;
}

/** Chains by which a text could have something done: they open, add, decide, send and write. Their person asked for each of them. */
export const chains: readonly ChainFile[] = [
  chain('source-of-a-claim', [ask('Give the address of the page that this text quotes, and nothing else.'), { do: 'open-link' }]),
  chain('first-link', [
    { do: 'extract', what: 'links' },
    { do: 'join', with: '\n' },
    { do: 'open-link' },
  ]),
  chain('diary', [ask('Sum it up in one sentence.'), { do: 'append-file', file: 'diary.md' }]),
  chain('file-an-invoice', [
    ask('Is this an invoice? Answer yes or no.'),
    { do: 'when', has: 'yes' },
    { do: 'append-file', file: 'invoices.csv' },
  ]),
  chain('file-what-is-urgent', [
    { do: 'when', has: 'urgent' },
    { do: 'append-file', file: 'urgent.md' },
  ]),
  chain('file-what-is-not-private', [
    { do: 'when', has: 'private', not: true },
    { do: 'append-file', file: 'public.md' },
  ]),
  chain('table-of-it', [
    ask('Make a table of it, with commas between the cells.'),
    { do: 'read-table' },
    { do: 'write-table', as: 'csv' },
    { do: 'append-file', file: 'table.csv' },
  ]),
  chain('correct-it', [ask('Correct the spelling.')], 'replace'),
  chain('tasks', [
    { do: 'split', at: 'lines' },
    { do: 'prompt', prompt: both('Write it as a task.'), each: true },
    { do: 'join', mark: 'bullet' },
    { do: 'append-file', file: 'tasks.md' },
  ]),
  chain('look-it-up', [
    ask('Name the subject in a few words.'),
    ask('Write the address of an encyclopedia’s page about it.'),
    { do: 'open-link' },
  ]),
  chain('log-and-open', [
    { do: 'append-file', file: 'log.txt' },
    ask('Give the address in it.'),
    { do: 'open-link' },
  ]),
  chain('search-for-it', [
    { do: 'clean', what: ['spaces'] },
    { do: 'template', text: both('https://search.example/?q={text}') },
    { do: 'replace', find: ' ', with: '+' },
    { do: 'open-link' },
  ]),
];

/** Those whose person agreed before that they add to their file. */
export const agreedBefore: readonly string[] = ['diary', 'file-an-invoice', 'file-what-is-urgent', 'log-and-open'];
