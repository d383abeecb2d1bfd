/** Runs contenders in rounds with rotating order, so that disturbances of the machine hit all alike. */
export interface Contender {
  readonly name: string;
  readonly run: () => Promise<unknown>;
}

export interface Times {
  readonly median: number;
  readonly least: number;
  /** CPU seconds of this process over all threads, median. */
  readonly cpu: number;
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

/** @returns seconds by name; an uncounted first round of each warms caches */
export async function inRounds(
  contenders: readonly Contender[],
  rounds: number,
): Promise<ReadonlyMap<string, Times>> {
  const taken = new Map(
    contenders.map(({ name }) => [name, [] as { seconds: number; cpu: number }[]]),
  );
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % contenders.length;
    for (const { name, run } of [...contenders.slice(first), ...contenders.slice(0, first)]) {
      const [begun, used] = [performance.now(), process.cpuUsage()];
      await run();
      const { user, system } = process.cpuUsage(used);
      const one = { seconds: (performance.now() - begun) / 1000, cpu: (user + system) / 1e6 };
      if (round > 0) taken.get(name)?.push(one);
    }
  }
  return new Map(
    [...taken].map(([name, all]) => [
      name,
      {
        median: middle(all.map(({ seconds }) => seconds)),
        least: Math.min(...all.map(({ seconds }) => seconds)),
        cpu: middle(all.map(({ cpu }) => cpu)),
      },
    ]),
  );
}
