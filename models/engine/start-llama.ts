import { getLlama, type Llama, LlamaLogLevel } from 'node-llama-cpp';

/** Starts the library on the processor alone; what it has to say goes to the error stream. */
export async function startLlama(): Promise<Llama> {
  const llama = await getLlama({
    gpu: false,
    build: 'never',
    skipDownload: true,
    progressLogs: false,
    logLevel: LlamaLogLevel.error,
    // Zero would mean all hardware threads; the real limit is set per context.
    maxThreads: 0,
    logger: (level, message) => process.stderr.write(`llama ${level}: ${message.trim()}\n`),
  });
  llama.maxThreads = llama.cpuMathCores;
  return llama;
}
