import { type ChildProcess, spawn } from 'node:child_process';
import { afterEach, describe, expect, it } from 'vitest';
import { nodeExecutable } from '../support/beckon-app.ts';
import { endProgram } from '../support/processes.ts';
import { letters, TypingRounds } from '../support/typing-rounds.ts';

const rounds = Number(process.env['BECKON_ROUNDS'] ?? 100);
const managers = process.env['BECKON_MANAGERS']?.split(',') ?? ['openbox', 'xfwm4', 'i3', 'icewm'];

describe('typing after the key', () => {
  let typing: TypingRounds | undefined;
  const busy: ChildProcess[] = [];

  afterEach(async () => {
    for (const child of busy.splice(0)) await endProgram(child);
    await typing?.stop();
  });

  it.each(
    managers.flatMap((manager) => [[manager, 'alone', 0] as const, [manager, 'beside two endless loops', 2] as const]),
  )(`reaches the overlay whole and nothing else, ${rounds} times: %s, %s`, async (manager, _, loops) => {
    typing = await TypingRounds.start(manager);
    for (let count = 0; count < loops; count += 1) busy.push(spawn(nodeExecutable, ['-e', 'for (;;);']));
    const lost: string[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const arrived = await typing.round(round);
      if (arrived !== letters) lost.push(`${round}: ${arrived}`);
    }
    process.stdout.write(`${manager}, ${loops} loops: ${rounds - lost.length} of ${rounds}\n`);
    expect({ lost, below: await typing.typedBelow() }).toEqual({ lost: [], below: '' });
  });
});
