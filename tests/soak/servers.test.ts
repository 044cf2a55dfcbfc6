import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { answerLimits } from '../../models/openai-compatible/limits.ts';
import { ChaosServer } from '../fakes/chaos/chaos-server.ts';
import { endings } from '../fakes/chaos/endings.ts';
import { faultsOf } from '../fakes/chaos/faults.ts';
import { floods, packed, silences } from '../fakes/chaos/floods.ts';
import { framing } from '../fakes/chaos/framing.ts';
import { refusals } from '../fakes/chaos/refusals.ts';
import type { Scenario } from '../fakes/chaos/scenario.ts';
import { shapes } from '../fakes/chaos/shapes.ts';
import { providersBy, spokenProtocols } from '../fakes/chaos/spoken.ts';
import type { AskedChaos } from '../support/ask-chaos.ts';
import { checkout, nodeExecutable } from '../support/beckon-app.ts';
import { endProgram, startProgram } from '../support/processes.ts';

const all = [...framing, ...shapes, ...endings, ...refusals, ...packed, ...silences, ...floods(1000)];
const stopAfterMs = 400;
/** Most grow by less than 100 MB. Chunks of a byte each wait 65,536 at a time, some 200 MB with what surrounds them. */
const mostGrown = 300_000_000;
const lines: string[] = [];

/** Asks in a process of its own, with the real bounds. Fails when that process dies. */
async function askAlone(scenario: Scenario, ...args: readonly string[]): Promise<AskedChaos> {
  const server = await ChaosServer.start(scenario);
  const child = startProgram(nodeExecutable, [join(checkout, 'tests/support/ask-chaos.ts'), server.address, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    let said = '';
    for await (const piece of child.stdout ?? []) said += String(piece);
    return JSON.parse(said) as AskedChaos;
  } finally {
    await endProgram(child);
    await server.stop();
  }
}

afterAll(() => process.stdout.write(`${lines.join('\n')}\n`));

describe.each(all.map((scenario) => [scenario.name, scenario] as const))('a server: %s', (name, scenario) => {
  it('ends as what it is, with the real bounds, and the process stays small', async () => {
    const asked = await askAlone(scenario);
    lines.push(`${name}: ${asked.end}, ${asked.tookMs} ms, +${Math.round(asked.grownBytes / 1e6)} MB`);
    expect(asked.end).toBe(scenario.end);
    expect(asked.grownBytes).toBeLessThan(mostGrown);
    expect(asked.characters).toBeLessThanOrEqual(
      4096 * answerLimits.charactersPerToken + answerLimits.thinkingCharacters,
    );
  });

  it('is left within 200 ms, wherever it stands', async () => {
    const asked = await askAlone(scenario, String(stopAfterMs));
    if (asked.stoppedMs !== null) lines.push(`${name}: stopped in ${asked.stoppedMs} ms`);
    expect([scenario.end, 'aborted']).toContain(asked.end);
    expect(asked.stoppedMs ?? 0).toBeLessThan(200);
    expect(asked.grownBytes).toBeLessThan(mostGrown);
  });
});

/** Floods of the other protocols, with the real bounds; all their faults stand in tests/contract/chaos.test.ts. */
const floodsElsewhere = spokenProtocols.flatMap((spoken) =>
  faultsOf(spoken)
    .filter(({ name }) => /without end|bomb/.test(name))
    .map((fault) => [spoken.protocol, fault.name, { spoken, fault }] as const),
);

it.each(floodsElsewhere)(
  'a flood in another protocol leaves the process small: %s, %s',
  async (protocol, name, made) => {
    const { fault, spoken } = made;
    const asked = await askAlone(
      { name, serve: fault.serve, end: fault.end },
      '',
      '4096',
      providersBy[spoken.protocol],
    );
    lines.push(`${protocol}, ${name}: ${asked.end}, ${asked.tookMs} ms, +${Math.round(asked.grownBytes / 1e6)} MB`);
    expect(asked.end).toBe(fault.end);
    expect(asked.grownBytes).toBeLessThan(mostGrown);
  },
);
