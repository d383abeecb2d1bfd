import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readConfig } from '../../core/config.ts';
import { usageError } from '../../core/errors.ts';
import { parseMonthRange, type Month } from '../../core/month.ts';
import { divisionsOf } from '../../core/region.ts';
import { withScratch } from '../../store/database.ts';
import { generateProvince } from '../../synthetic/generate.ts';
import type { GenerateSummary } from '../../synthetic/options.ts';
import { lineProgress } from '../../pipelines/progress.ts';
import { loadParameters } from '../../warnings/parameters.ts';
import { text, type Invocation } from '../command.ts';
import { generatorFigures } from '../generate-options.ts';
import { requireCount, requireText } from '../require.ts';

/** Writes a synthetic province; also the first half of `demo`. */
export async function generateInto(
  invocation: Invocation,
  wanted: {
    readonly out: string;
    readonly persons: number;
    readonly months: readonly Month[];
    readonly seed: number;
    readonly province: string | undefined;
  },
): Promise<GenerateSummary> {
  const config = readConfig(invocation.home);
  const province = wanted.province?.padEnd(6, '0') ?? config.province;
  const divisions = divisionsOf(
    province,
    province === config.province ? config.divisions : undefined,
  );
  const { months } = wanted;
  // Figures of the first month: adding months later leaves earlier files unchanged.
  const [first] = months;
  if (first === undefined) throw usageError('--months is empty');
  const out = resolve(wanted.out);
  mkdirSync(out, { recursive: true });
  const progress = lineProgress(invocation.tell);
  progress.step(`generate · ${wanted.persons} persons × ${months.length} months`);
  const temporary = join(out, '.spill');
  return withScratch({ temporary }, (sql) =>
    generateProvince({
      sql,
      out,
      persons: wanted.persons,
      months,
      seed: wanted.seed,
      counties: divisions.counties.map(({ code }) => ({
        code,
        townships: divisions.townshipsOf(code).map((t) => t.code),
      })),
      ...generatorFigures(loadParameters(config.parameters), divisions, first),
      onProgress: ({ done, total, file }) => {
        progress.item(done, total, file);
      },
    }),
  );
}

export async function run(invocation: Invocation): Promise<void> {
  const summary = await generateInto(invocation, {
    out: requireText(invocation, 'out'),
    persons: requireCount(invocation, 'persons'),
    months: parseMonthRange(requireText(invocation, 'months')),
    seed: requireCount(invocation, 'seed'),
    province: text(invocation, 'province'),
  });
  await invocation.out(`${JSON.stringify(summary, null, invocation.json ? 2 : 0)}\n`);
}
