import { exitCodes } from './exit-codes.ts';
import { noticesSeen } from './notices.ts';
import type { CommandInput } from './run-cli.ts';

/**
 * `beckon doctor`: each thing Beckon needs is ok, or a cause and a next step. With `--capture` the ways to selected text and
 * back, each tried.
 */
export async function doctor({ session, words, json, capture }: CommandInput): Promise<number> {
  const lines = await session.client.call(capture ? 'doctor.capture' : 'doctor.run', {});
  if (json) process.stdout.write(`${JSON.stringify(lines)}\n`);
  else {
    for (const { check, status, values, error } of lines) {
      const mark = words.say(`doctorMark.${status}`);
      process.stdout.write(`${mark.padEnd(12)} ${words.sayIn('doctor', `${check}.${status}`, values)}\n`);
      if (error !== null) process.stdout.write(`${' '.repeat(13)}${words.error(error)}\n`);
    }
  }
  if (!capture && !json && process.stdout.isTTY) await noticesSeen(session);
  return lines.some(({ status }) => status === 'failed') ? exitCodes.failed : exitCodes.done;
}
