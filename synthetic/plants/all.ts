import { care } from './care.ts';
import { disability } from './disability.ts';
import { education } from './education.ts';
import { livelihood } from './employment.ts';
import { exit } from './exit.ts';
import { family } from './family.ts';
import { handover } from './handover.ts';
import { illness } from './illness.ts';
import { need } from './need.ts';
import { fen, type Scenario, type Yardstick } from './scenario.ts';
import type { GenerateOptions } from '../options.ts';

/** Every planted case of every rule that opens leads: contracts.md section 3 and docs/catalogue.md. */
export function allScenarios(options: Pick<GenerateOptions, 'standards' | 'figures'>): Scenario[] {
  const { standards, figures } = options;
  const standard = fen(standards.rural);
  const yardstick: Yardstick = {
    standard,
    // toFixed removes binary rounding noise before rounding up to a whole fen.
    marginalEnd: Math.ceil(Number((standard * figures.marginalMultiple).toFixed(4))),
    disposable: fen(standards.disposableIncome),
    figures,
  };
  return [illness, disability, education, livelihood, need, family, care, handover, exit].flatMap(
    (plants) => plants(yardstick),
  );
}
