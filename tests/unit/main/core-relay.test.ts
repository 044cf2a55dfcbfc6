import { describe, expect, it } from 'vitest';
import { coreContract } from '../../../contract/core.ts';
import type { CoreClient } from '../../../main/core/core-process.ts';
import { CoreRelay } from '../../../main/core/core-relay.ts';
import { WireClient } from '../../../wire/client.ts';
import { createLinkedPair } from '../../../wire/linked-pair.ts';

interface AskedCore {
  readonly client: CoreClient;
  /** What it was asked, by name and input. */
  readonly asked: readonly (readonly [string, unknown])[];
  /** Ends it with everything it has not answered. */
  readonly die: () => void;
}

/** A core that answers nothing by itself, or with `answer` everything. */
function core(answer: { readonly value: unknown } | null = null): AskedCore {
  const [channel, other] = createLinkedPair();
  const asked: [string, unknown][] = [];
  other.onMessage((message) => {
    const frame = message as { kind: string; id: number; name: string; input: unknown };
    if (frame.kind !== 'request') return;
    asked.push([frame.name, frame.input]);
    if (answer !== null) other.send({ kind: 'value', id: frame.id, ...answer });
  });
  return { client: new WireClient(channel, coreContract), asked, die: () => other.close() };
}

function relayTo(current: () => AskedCore): CoreRelay {
  return new CoreRelay(
    () => (current().client.closed ? null : current().client),
    () => true,
  );
}

describe('what was asked of a core that died meanwhile', () => {
  it('is told as it is, whatever it was: what became of an answer on its way is the next core’s to say', async () => {
    const dying = core();
    const { requests } = relayTo(() => dying).handlers();
    const gone = new AbortController().signal;
    const asked = [
      requests['answer.putBack']({ messageId: 'm-1', mode: 'replace' }, gone),
      requests['answer.undoPutBack']({}, gone),
      requests['context.clear']({}, gone),
    ].map((answer) => Promise.resolve(answer).catch((error: unknown) => error));
    await Promise.resolve();
    dying.die();
    for (const error of await Promise.all(asked)) expect(error).toMatchObject({ code: 'app/not-connected' });
  });

  // The press was lost with the core that had it.
  it('is asked of the next one when it was the key of an action, under the id it has', async () => {
    const [first, next] = [core(), core({ value: null })];
    let current = first;
    const relay = relayTo(() => current);
    const press = { questionId: 'm-press', actionId: 'explain' };
    const called = relay.ask('action.call', press);
    await expect.poll(() => first.asked.length).toBe(1);
    current = next;
    first.die();
    expect(await called).toBeNull();
    expect(next.asked).toEqual([['action.call', press]]);
  });

  it('is not asked twice where that would do it twice', async () => {
    const [first, next] = [core(), core({ value: null })];
    let current = first;
    const relay = relayTo(() => current);
    const wrote = relay.ask('answer.putBack', { messageId: 'm-1', mode: 'replace' }).catch((error: unknown) => error);
    await expect.poll(() => first.asked.length).toBe(1);
    current = next;
    first.die();
    expect(await wrote).toMatchObject({ code: 'app/not-connected' });
    expect(next.asked).toEqual([]);
  });
});
