import process from 'node:process';

/** Longer than any question may take, as on a machine that has much else to do. */
const startMs = 4500;

// A desktop process that takes long to load, and writes down what it is asked from then on.
const asked: string[] = [];
const early: { readonly id: number; readonly name: string }[] = [];
let isUp = false;

function answer({ id, name }: { readonly id: number; readonly name: string }): void {
  asked.push(name);
  const value = name === 'clipboard.readText' ? { status: 'available', value: asked.join(' ') } : true;
  process.send?.({ kind: 'value', id, value });
}

process.on('message', (message: { readonly id: number; readonly name: string }) => {
  if (isUp) answer(message);
  else early.push(message);
});
setTimeout(() => {
  isUp = true;
  for (const message of early.splice(0)) answer(message);
}, startMs);
