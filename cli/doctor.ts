import { exitCodes } from './exit-codes.ts';
import { noticesSeen } from './notices.ts';
import type { CommandInput } from './run-cli.ts';

/**
 * `beckon doctor`: each thing Beckon needs is ok, or a cause and a next step. With `--capture` the ways to selected text and
 * back, each tried.
 */
export async function doctor({ session, terminal, words, json, capture }: CommandInput): Promise<number> {
  const lines = await session.client.call(capture ? 'doctor.capture' : 'doctor.run', {});
  if (json) terminal.json(lines);
  else {
    for (const { check, status, values, error } of lines) {
      const mark = words.say(`doctorMark.${status}`);
      terminal.line(`${mark.padEnd(12)} ${words.sayIn('doctor', `${check}.${status}`, values)}`);
      if (error !== null) terminal.line(`${' '.repeat(13)}${words.error(error)}`);
    }
  }
  if (!capture && !json && process.stdout.isTTY) await noticesSeen(session);
  return lines.some(({ status }) => status === 'failed') ? exitCodes.failed : exitCodes.done;
}
