import { monitored as contract } from '../../connectors/rural-revitalization/monitored.ts';
import { sourceName } from '../../files/extract/contract.ts';
import type { Dataset } from './dataset.ts';

/** Persons of monitored homes: a fifth of rural dibao and marginal homes, and a few without any other help. */
export const monitored: Dataset = {
  path: sourceName(contract),
  columns: [
    'person_id',
    'household_id',
    'county',
    'township',
    'village',
    'category',
    'risk',
    'causes',
    'identified_month',
    'eliminated_month',
    'income_per_capita_year',
    'rigid_expenditure_year',
    'labour_capacity',
    'employment',
    'measures',
    'relocated',
    'household_size',
    'birth_month',
  ],
  background: ({ index: month }) => `
SELECT person_key(i), home_key(home), county_of(place), township_of(place), village_of(place, village_number),
  (['unstable', 'marginal', 'sudden'])[(chance % 3)::INTEGER + 1],
  CASE WHEN open THEN 'open' ELSE 'eliminated' END,
  (['illness', 'disability', 'schooling', 'employment', 'illness;disability', 'accident'])[(chance // 4 % 6)::INTEGER + 1],
  month_text(identified),
  CASE WHEN NOT open THEN month_text(least(identified + 12, ${month})) END,
  yuan(income_fen(home, class, urban, ${month})),
  CASE WHEN chance // 8 % 3 > 0 THEN yuan(100000 + (chance // 64 % 900000)::INTEGER) END,
  CASE WHEN years < 16 OR years >= 70 THEN 'none' WHEN years >= 60 THEN 'partial' ELSE 'full' END,
  CASE WHEN years < 16 OR years >= 65 THEN 'none'
       ELSE (['local', 'migrant', 'migrant', 'public_post', 'none'])[(person_draw // 64 % 5)::INTEGER + 1] END,
  -- Able-bodied people without a job and without a measure (EMP-03) are the exception.
  CASE WHEN person_draw // 4096 % 100 = 0 THEN 0 ELSE 1 + (chance // 128 % 4)::INTEGER END,
  home_draw // 320000000000 % 100 < 8,
  size, month_text(birth)
FROM (
  SELECT *, class <> 'eliminated' AND chance // 32 % 10 < 7 OR class = 'monitored' AS open,
    least(24252 + (chance // 256 % 70)::INTEGER, ${month}) AS identified,
    age(birth, ${month}) AS years
  FROM (
    SELECT *, home_draw // 10000000000 AS chance FROM person WHERE watched AND alive(died, birth, ${month})
  )
)`,
};
