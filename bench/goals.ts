/** One goal. A goal is never edited to fit a result: a miss is written down as a miss. */
export interface Goal {
  readonly id: string;
  /** Tells apart goals with the same id. */
  readonly key: string;
  readonly figure: string;
  readonly unit: 'ms' | 'letters' | '%' | 'MiB' | 'tokens/s' | 'answers/s' | 'lists/s' | 'perplexity';
  /** What the goal bounds: the ratio to the floor, or the value itself where a floor of zero has no ratio. */
  readonly bounds: 'ratio' | 'value';
  readonly sense: 'at-most' | 'at-least';
  readonly goal: number;
}

function atLeast(id: string, key: string, figure: string, unit: Goal['unit'], goal: number): Goal {
  return { ...atMost(id, key, figure, unit, goal), sense: 'at-least' };
}

function atMost(id: string, key: string, figure: string, unit: Goal['unit'], goal: number): Goal {
  return { id, key, figure, unit, bounds: 'ratio', sense: 'at-most', goal };
}

export const goals = {
  hotkeyToContent: atMost('P1', 'hotkeyToContent', 'hotkey to content, against a bare window made ahead', 'ms', 1.8),
  hotkeyToContentRofi: atMost('P1', 'hotkeyToContentRofi', 'hotkey to content, against `rofi -show run`', 'ms', 0.5),
  hotkeyToFocus: atMost('P2', 'hotkeyToFocus', 'hotkey to focus, against Synapse', 'ms', 1.2),
  typeAhead: {
    id: 'P3',
    key: 'typeAhead',
    figure: 'letters of 10 that arrive when typing starts 10 ms after the key',
    unit: 'letters',
    bounds: 'value',
    sense: 'at-least',
    goal: 10,
  },
  hotkeyToText: atMost('P4', 'hotkeyToText', 'hotkey to selected text in core, against `xclip -o`', 'ms', 2),
  hotkeyToChip: atMost('P4', 'hotkeyToChip', 'hotkey to selected text in the page, against `xclip -o`', 'ms', 2),
  contentWhileGenerating: atMost(
    'P5',
    'contentWhileGenerating',
    'hotkey to content while the engine generates, against idle',
    'ms',
    1.5,
  ),
  coldStart: atMost('P6', 'coldStart', 'cold start to content, against a bare Electron app', 'ms', 1.3),
  idleProcessor: {
    id: 'P7',
    key: 'idleProcessor',
    figure: 'hidden idle CPU of all processes, of one core',
    unit: '%',
    bounds: 'value',
    sense: 'at-most',
    goal: 0,
  },
  idleMemory: atMost('P8', 'idleMemory', 'idle PSS of all processes without a model, against bare', 'MiB', 1.7),
  idleShellMemory: atMost('P8', 'idleShellMemory', 'idle PSS of the shell alone, against bare', 'MiB', 1.3),
  modelMemory: atMost('P9', 'modelMemory', 'PSS of the engine with the model loaded, against its file', 'MiB', 1.35),
  speedAtRenderer: {
    ...atMost('P10', 'speedAtRenderer', 'tokens at the renderer, against the engine called directly', 'tokens/s', 0.97),
    sense: 'at-least',
  },
  speedAgainstBench: {
    ...atMost('P10', 'speedAgainstBench', 'tokens at the renderer, against `llama-bench`', 'tokens/s', 0.95),
    sense: 'at-least',
  },
  draftedCorrection: atLeast('P11', 'draftedCorrection', 'Correct with drafts, against without', 'answers/s', 1.8),
  draftedRewriting: atLeast(
    'P11',
    'draftedRewriting',
    'a rewriting with drafts, of little use there, against without',
    'answers/s',
    0.97,
  ),
  draftedCorrectionCopy: atLeast(
    'P11',
    'draftedCorrectionCopy',
    'Correct with drafts, against without: the faster copy of the model',
    'answers/s',
    1.8,
  ),
  draftedRewritingCopy: atLeast(
    'P11',
    'draftedRewritingCopy',
    'a rewriting with drafts, against without: the faster copy of the model',
    'answers/s',
    0.97,
  ),
  sameActionAgain: atMost(
    'P12',
    'sameActionAgain',
    'the same action again: to the first word, against the first time',
    'ms',
    0.1,
  ),
  otherAction: atMost(
    'P12',
    'otherAction',
    'a question on the same 2,000 words: to the first word, against the first action',
    'ms',
    0.15,
  ),
  readAhead: atMost(
    'P12',
    'readAhead',
    'action chosen 3 s after the hotkey on 500 words, against without reading ahead',
    'ms',
    0.4,
  ),
  readAheadCopy: atMost(
    'P12',
    'readAheadCopy',
    'action chosen 3 s after the hotkey on 500 words: the faster copy of the model',
    'ms',
    0.4,
  ),
  readAheadSmall: atMost(
    'P12',
    'readAheadSmall',
    'the same with the small model that the other figures of reading again are measured on',
    'ms',
    0.4,
  ),
  partsWriting: atLeast(
    'P14',
    'partsWriting',
    'notes on parts, while writing: 8 at once, against one by one',
    'tokens/s',
    1.6,
  ),
  partsWritingCopy: atLeast(
    'P14',
    'partsWritingCopy',
    'notes on parts, while writing: the faster copy of the model',
    'tokens/s',
    1.6,
  ),
  partsWholeCopy: atLeast(
    'P14',
    'partsWholeCopy',
    'notes on parts, with reading them: the faster copy of the model',
    'lists/s',
    1.6,
  ),
  partsWhole: atLeast(
    'P14',
    'partsWhole',
    'notes on parts, with reading them: 8 at once, against one by one',
    'lists/s',
    1.6,
  ),
  hideSecrets: {
    id: 'H1',
    key: 'hideSecrets',
    figure: 'hiding secrets in 1 MB of text, in time of the thread (floor: a plain pass over it)',
    unit: 'ms',
    bounds: 'value',
    sense: 'at-most',
    goal: 150,
  },
  firstTokenAtPage: atMost(
    'P15',
    'firstTokenAtPage',
    'first word at the page with 50 answers at once, against the official client',
    'ms',
    1.3,
  ),
  mainWithStreams: {
    id: 'P15',
    key: 'mainWithStreams',
    figure: 'longest that main does nothing else with 50 answers at once (floor: at rest)',
    unit: 'ms',
    bounds: 'value',
    sense: 'at-most',
    goal: 50,
  },
  copyEnglish: atMost('C1', 'copyEnglish', 'perplexity of English, against the model itself', 'perplexity', 1.06),
  copyChinese: atMost('C1', 'copyChinese', 'perplexity of Chinese, against the model itself', 'perplexity', 1.06),
  abortInPrompt: atMost('P13', 'abortInPrompt', 'abort in a long prompt settles, against one chunk', 'ms', 1.2),
  startWithChats: atMost('R1', 'startWithChats', 'opening and first list with 5,000 chats, against 60', 'ms', 1.3),
  historyWithChats: atMost('R1', 'historyWithChats', '`beckon history` with 5,000 chats, against 60', 'ms', 1.3),
  searchTwoCharacters: {
    id: 'R2',
    key: 'searchTwoCharacters',
    figure: 'search for two Chinese characters in 5,000 chats, on the thread of core (floor: a scan)',
    unit: 'ms',
    bounds: 'value',
    sense: 'at-most',
    goal: 30,
  },
  chain: atMost('P18', 'chain', 'a chain over 50 pages, against its calls of the model alone', 'ms', 1.05),
  plainAction: atMost(
    'P19',
    'plainAction',
    'an action without a model from its key to its text in place, against one capture and one put-back',
    'ms',
    1.5,
  ),
  planOfFifty: {
    id: 'P18',
    key: 'planOfFifty',
    figure: 'the plan of a chain of 50 steps',
    unit: 'ms',
    bounds: 'value',
    sense: 'at-most',
    goal: 20,
  },
  readPdf: atMost(
    'P16',
    'readPdf',
    '263 pages of PDF to text with its places, of the processor, against the library alone',
    'ms',
    1.5,
  ),
  readPdfMemory: atMost('P17', 'readPdfMemory', 'peak memory of that, against the library alone', 'MiB', 1.5),
  readXlsx: atMost('P21', 'readXlsx', 'XLSX of 100,000 rows to text, of the processor, against SheetJS', 'ms', 0.5),
  readXlsxMemory: atMost('P21', 'readXlsxMemory', 'peak memory of that, against SheetJS', 'MiB', 0.5),
  readDocx: atMost('P21', 'readDocx', 'DOCX of 300 pages to text, of the processor, against mammoth', 'ms', 0.5),
  readDocxMemory: atMost('P21', 'readDocxMemory', 'peak memory of that, against mammoth', 'MiB', 0.5),
  readAgain: atMost('P21', 'readAgain', 'the same document again, against the first time', 'ms', 0.05),
  readStops: {
    id: 'P16',
    key: 'readStops',
    figure: 'longest that core does nothing else while a document is read',
    unit: 'ms',
    bounds: 'value',
    sense: 'at-most',
    goal: 50,
  },
  readPicture: atMost(
    'P20',
    'readPicture',
    'reading a picture of ten lines, against its models called directly',
    'ms',
    1.5,
  ),
  pictureLetters: {
    id: 'P20',
    key: 'pictureLetters',
    figure: 'letters read wrong in 24 pictures that no rule was made on, spaces aside',
    unit: '%',
    bounds: 'value',
    sense: 'at-most',
    goal: 2,
  },
} as const satisfies Record<string, Goal>;
