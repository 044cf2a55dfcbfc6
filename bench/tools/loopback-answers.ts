import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Run by itself: a server of OpenAI's chat protocol on this machine that answers at once, and then goes on for a second, as a
 * fast model does. Prints its address, and ends when its input does.
 */
const [pieces, everyMs] = [50, 20];

const server = createServer((request, response) => {
  request.resume();
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    let sent = 0;
    const say = (choice: object, more: object = {}) =>
      response.write(
        `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 1, model: 'm', choices: [{ index: 0, ...choice }], ...more })}\n\n`,
      );
    const next = () => {
      sent += 1;
      if (sent <= pieces) return say({ delta: { content: `word${sent} ` }, finish_reason: null });
      clearInterval(timer);
      say(
        { delta: {}, finish_reason: 'stop' },
        { usage: { prompt_tokens: 9, completion_tokens: pieces, total_tokens: 59 } },
      );
      response.end('data: [DONE]\n\n');
    };
    const timer = setInterval(next, everyMs);
    response.on('close', () => clearInterval(timer));
    next();
  });
});
server.listen(0, '127.0.0.1', () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1\n`);
});
process.stdin.resume().on('end', () => process.exit(0));
