/** Does one thing after the other. What is asked for again, by the same key, before it has ended is done once. */
export class InTurn<Value> {
  #last: { readonly key: string; readonly value: Promise<Value> } | null = null;

  async do(key: string, work: () => Promise<Value>): Promise<Value> {
    if (this.#last?.key === key) return this.#last.value;
    const before = this.#last?.value ?? null;
    const value = (async () => {
      await before?.catch(() => {});
      return work();
    })();
    const last = { key, value };
    this.#last = last;
    try {
      return await value;
    } finally {
      if (this.#last === last) this.#last = null;
    }
  }
}
