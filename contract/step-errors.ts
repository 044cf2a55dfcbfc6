/** Errors of the steps of actions; each is one of `errorCodes`. */
export const stepErrorCodes = [
  'step/bad-pattern',
  'step/cut',
  'step/label-open',
  'step/label-send',
  'step/no-table',
  'step/not-a-link',
  'step/not-added',
  'step/not-agreed',
  'step/not-json',
  'step/not-so',
  'step/not-the-form',
  'step/nothing-left',
  'step/only-in-app',
  'step/too-large',
  'step/too-many',
  'step/too-slow',
] as const;
