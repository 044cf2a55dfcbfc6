export type SecretKind =
  | ('key' | 'private-key' | 'password' | 'email' | 'phone' | 'card' | 'resident-id' | 'passport' | 'permit')
  | ('credit-code' | 'iban' | 'account' | 'ssn' | 'plate' | 'wallet' | 'name');

/** Something in a text that should not leave this machine as it is: [start, end) in UTF-16 units. */
export interface Secret {
  readonly kind: SecretKind;
  readonly start: number;
  readonly end: number;
}
