import type { Basis, Entry, Receipt } from '../contract/receipt.ts';

/**
 * A receipt as `--json` has always told it, for the scripts that read it: the last call, with the tokens of all of them, and
 * what the answer was made from as `coverage`, `places` or `lostTexts`.
 */
export function summed({ entries, basis, ...speed }: Receipt): Readonly<Record<string, unknown>> | null {
  const last = entries.at(-1);
  if (last === undefined) return null;
  const { where, host, modelId, modelName, cachedTokens, contextTokens, droppedMessages } = last;
  return {
    ...{ where, host, modelId, modelName },
    promptTokens: sum(entries, 'promptTokens'),
    cachedTokens,
    outputTokens: sum(entries, 'outputTokens'),
    contextTokens,
    ...speed,
    droppedMessages,
    ...madeFrom(basis),
  };
}

/** Null where no call told it. */
function sum(entries: readonly Entry[], name: 'promptTokens' | 'outputTokens'): number | null {
  const told = entries.map((entry) => entry[name]).filter((count) => count !== null);
  return told.length === 0 ? null : told.reduce((all, count) => all + count, 0);
}

function madeFrom(basis: Basis): Readonly<Record<string, unknown>> {
  switch (basis.type) {
    case 'whole':
      return {};
    case 'passages':
      return { places: basis.texts };
    case 'parts':
      return { coverage: { read: basis.read, total: basis.total } };
    case 'steps':
      return { steps: { done: basis.done, total: basis.total } };
    case 'without-earlier-texts':
      return { lostTexts: basis.texts };
  }
}
