/** One plain sentence about what happens now. */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** A sentence about what is wrong and the one next step; ends the program. */
export function giveUp(text, code = 1) {
  process.stderr.write(`${text}\n`);
  process.exit(code);
}

export function bytes(count) {
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)} GB` : `${Math.round(count / 1e6)} MB`;
}

/** Progress of a transfer: rewritten in place on a terminal, a line every few seconds elsewhere. */
export function createProgress(title, total) {
  let lastAt = 0;
  const begun = Date.now();
  const terminal = process.stdout.isTTY === true;
  return {
    show(done) {
      const now = Date.now();
      if (now - lastAt < (terminal ? 200 : 5000)) return;
      lastAt = now;
      const rate = done / Math.max((now - begun) / 1000, 0.1);
      // A rate over less than a second is a guess.
      const left =
        total && now - begun > 1000 ? ` · ${Math.max(1, Math.round((total - done) / Math.max(rate, 1)))} s left` : '';
      const text = `${title}: ${bytes(done)}${total ? ` of ${bytes(total)}` : ''} · ${bytes(rate)}/s${left}`;
      process.stdout.write(terminal ? `\r\u001b[2K${text}` : `${text}\n`);
    },
    end() {
      if (terminal) process.stdout.write('\r\u001b[2K');
    },
  };
}
