import process from 'node:process';

// A desktop process that dies in the middle of a put-back, as one that is killed because an application hangs.
process.on('message', ({ id, name }: { readonly id: number; readonly name: string }) => {
  if (name === 'selection.putBack') process.exit(1);
  process.send?.({ kind: 'value', id, value: false });
});
