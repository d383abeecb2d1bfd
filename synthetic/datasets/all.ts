import { affected } from './affected.ts';
import { assistance } from './assistance.ts';
import { certificates } from './certificates.ts';
import type { Dataset } from './dataset.ts';
import { employment } from './employment.ts';
import { enrolment } from './enrolment.ts';
import { facts } from './facts.ts';
import { insured } from './insured.ts';
import { members } from './members.ts';
import { monitored } from './monitored.ts';
import { reports } from './reports.ts';
import { settlements } from './settlements.ts';

/** The eleven datasets in contract order, by the name plants use for them. */
export const DATASETS = {
  assistance,
  members,
  monitored,
  enrolment,
  settlements,
  insured,
  certificates,
  employment,
  facts,
  affected,
  reports,
} as const satisfies Record<string, Dataset>;

export type DatasetName = keyof typeof DATASETS;

export const DATASET_NAMES = Object.keys(DATASETS) as readonly DatasetName[];
