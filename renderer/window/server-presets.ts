/** Servers that many people have, with the address that each comes with. Their names are their own in every language. */
export const serverPresets = [
  { name: 'Ollama', address: 'http://127.0.0.1:11434/v1' },
  { name: 'LM Studio', address: 'http://127.0.0.1:1234/v1' },
  { name: 'llama-server', address: 'http://127.0.0.1:8080/v1' },
] as const;
