import { describe, expect, it } from 'vitest';
import { coreContract } from '../../../contract/core.ts';
import type { CoreClient } from '../../../main/core/core-process.ts';
import { CoreRelay } from '../../../main/core/core-relay.ts';
import { WireClient } from '../../../wire/client.ts';
import { createLinkedPair } from '../../../wire/linked-pair.ts';

/** A core that takes what it is asked along when it dies. */
function dyingCore(): { readonly client: CoreClient; readonly die: () => void } {
  const [channel, other] = createLinkedPair();
  return { client: new WireClient(channel, coreContract), die: () => other.close() };
}

describe('what a page asked of a core that died meanwhile', () => {
  async function askAndDie(name: 'answer.putBack' | 'answer.undoPutBack' | 'context.clear') {
    const { client, die } = dyingCore();
    let lost = 0;
    const relay = new CoreRelay(
      () => (client.closed ? null : client),
      () => true,
      () => {
        lost += 1;
      },
    );
    const { requests } = relay.handlers();
    const ask: () => unknown =
      name === 'answer.putBack'
        ? () => requests[name]({ messageId: 'm-1', mode: 'replace' })
        : () => requests[name]({});
    const answer = Promise.resolve(ask()).catch((error: unknown) => error);
    await Promise.resolve();
    die();
    return { error: await answer, lost };
  }

  // The page took "not connected" for a refusal, and copied the answer over what the person had in the clipboard.
  it('and wrote may have been written: that is said, with the step that helps, where it can be read', async () => {
    const { error, lost } = await askAndDie('answer.putBack');
    expect(error).toMatchObject({ code: 'put-back/unchecked', detail: { action: 'copy' } });
    expect(lost).toBe(1);
  });

  it('and took back may be taken back', async () => {
    const { error, lost } = await askAndDie('answer.undoPutBack');
    expect(error).toMatchObject({ code: 'put-back/undo-unchecked' });
    expect(lost).toBe(1);
  });

  it('and wrote nothing is told as it is', async () => {
    const { error, lost } = await askAndDie('context.clear');
    expect(error).toMatchObject({ code: 'app/not-connected' });
    expect(lost).toBe(0);
  });
});
