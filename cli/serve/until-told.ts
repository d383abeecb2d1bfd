/** Waits for a termination signal; a second one exits at once. */
export function untilTold(): Promise<string> {
  return new Promise((resolve) => {
    let told = false;
    const hear = (signal: string): void => {
      if (told) process.exit(1);
      told = true;
      resolve(signal);
    };
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, hear);
  });
}
