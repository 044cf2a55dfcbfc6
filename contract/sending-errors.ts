/** Errors of what is to leave this machine: its receipt, its budget and its rules; each is one of `errorCodes`. */
export const sendingErrorCodes = [
  'sending/no-receipt',
  'sending/changed',
  'budget/exceeded',
  'budget/unknown-price',
  'budget/near',
  'budget/answered-here',
  'sending/not-shown',
  'sending/shown-otherwise',
  'rules/never-leaves',
  'rules/no-training',
  'rules/broken-file',
  'rules/changed',
  'rules/not-saved',
] as const;
