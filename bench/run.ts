import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkout } from '../tests/support/beckon-app.ts';
import { measureAction } from './areas/action.ts';
import type { Area } from './areas/area.ts';
import { measureCapture } from './areas/capture.ts';
import { measureChats } from './areas/chats.ts';
import { measureCopies } from './areas/copies.ts';
import { measureDocuments } from './areas/documents.ts';
import { measureDrafting } from './areas/drafting.ts';
import { measureAbort, measureMemory } from './areas/engine.ts';
import { measureIdle } from './areas/idle.ts';
import { measureOverlay } from './areas/overlay.ts';
import { measureParts } from './areas/parts.ts';
import { measurePictures } from './areas/pictures.ts';
import { measurePseudonyms } from './areas/pseudonyms.ts';
import { measureReuse } from './areas/reuse.ts';
import { measureSpeed } from './areas/speed.ts';
import { measureStart } from './areas/start.ts';
import { measureSteps } from './areas/steps.ts';
import { measureStreams } from './areas/streams.ts';
import { formatTable, type Measured, writeResults } from './results.ts';
import { commitName, machineName } from './tools/machine.ts';

/**
 * `npm run bench [-- AREA...] [--runs N]`. Prints a table and writes bench/results. A goal that is missed is a result;
 * anything that could not be measured (no display, no model, no application) ends with 1.
 */
const areas: Readonly<Record<string, Area>> = {
  overlay: measureOverlay,
  capture: measureCapture,
  action: measureAction,
  start: measureStart,
  idle: measureIdle,
  memory: measureMemory,
  abort: measureAbort,
  speed: measureSpeed,
  drafting: measureDrafting,
  reuse: measureReuse,
  parts: measureParts,
  copies: measureCopies,
  chats: measureChats,
  pictures: measurePictures,
  steps: measureSteps,
  pseudonyms: measurePseudonyms,
  documents: measureDocuments,
  streams: measureStreams,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '20' }, results: { type: 'string' } },
});
const chosen = positionals.length > 0 ? positionals : Object.keys(areas);
const runs = Number(values.runs);
const folder = values.results ?? join(checkout, 'bench', 'results');
const unknown = chosen.filter((name) => !Object.hasOwn(areas, name));
if (unknown.length > 0 || !Number.isInteger(runs) || runs < 1) {
  console.error(`Areas: ${Object.keys(areas).join(', ')}. Runs: a whole number.`);
  process.exit(2);
}

const description = { at: new Date().toISOString(), commit: commitName(), machine: machineName() };
const all: Measured[] = [];
let failed = false;
for (const name of chosen) {
  const area = areas[name];
  if (area === undefined) continue;
  try {
    const measured = await area({ runs, say: (line) => console.log(line) });
    writeResults(folder, name, measured, description);
    all.push(...measured);
  } catch (error) {
    failed = true;
    console.error(`${name} could not be measured:`, error);
  }
}
console.log(`\n${description.machine}, commit ${description.commit}. Medians; runs as Beckon/floor.\n`);
if (all.length > 0) console.log(formatTable(all));
process.exit(failed ? 1 : 0);
