/** Options for the province to write, and the results. */
import type { Sql } from '../store/sql.ts';

/**
 * The thresholds of the rules (contracts.md section 3). They are passed in, so that the planted cases lie exactly
 * at the parameters of the home that will read them.
 */
export interface RuleFigures {
  /** ILL-01, yuan of inpatient bills since January for a low-income person (5000). */
  readonly inpatientSelfPaidLowIncome: number;
  /** ILL-01, yuan, for everybody else (20000). */
  readonly inpatientSelfPaidOther: number;
  /** ILL-02, yuan of new outpatient and chronic bills in the month (500). */
  readonly outpatientMonth: number;
  /** ILL-04 and INC-02, upper end of the marginal band as a multiple of the standard (1.5). */
  readonly marginalMultiple: number;
  /** EDU-03, yuan per year after aid (10000). */
  readonly schoolOutOfPocket: number;
  /** EMP-01, months (3). */
  readonly monthsWithoutIncome: number;
  /** EXP-01, share of the household's income (0.6). */
  readonly rigidShare: number;
  /** X-GRC, months by reason (3, 6, 6). */
  readonly graceMonths: {
    readonly state_employment: number;
    readonly flexible_employment: number;
    readonly other: number;
  };
  /** X-GRC, days after the end of the month (30). */
  readonly graceNoticeDays: number;
  /** X-REV, months (12). */
  readonly reviewIntervalMonths: number;
  /** Age of adulthood, years (18). */
  readonly adultAge: number;
  /** DIS-04, years: age from which a supporter is elderly (60). */
  readonly elderlyAge: number;
  /** EMP-02, months since the only earner's contributions stopped (3). */
  readonly contributionsStoppedMonths: number;
  /** INC-03, yuan per head and year, the line of the first month (7500). */
  readonly monitoringLine: number;
  /** EMP-01, years: below this age (60). */
  readonly workingAgeEnd: number;
  /** EDU-01, years: from this age (6) … */
  readonly compulsoryFrom: number;
  /** … to this age, both included (15). */
  readonly compulsoryTo: number;
  /**
   * MAR-01, last day of the direct-recognition clause, `YYYY-MM-DD`; `9999-12-31` if it has no end. `null`: the
   * locality has no such clause, or the caller does not know: then no MAR-01 case that depends on it is planted.
   */
  readonly directRecognitionUntil: string | null;
  /** 'Within 12 months' of section 3, in months, M included (12). */
  readonly watchMonths: number;
}

export interface CountyPlaces {
  /** 6-digit division code. */
  readonly code: string;
  /** 9-digit division codes; at least one. */
  readonly townships: readonly string[];
}

export interface GenerateOptions {
  /** A connection to an in-memory database, in which tables, views and macros are created. */
  readonly sql: Sql;
  /** Writes `<out>/<agency>/<dataset>/<YYYY-MM>.csv`, `<out>/truth.csv` and `<out>/near-misses.csv`. */
  readonly out: string;
  /** Persons in a month's files, including the planted ones, give or take ten. */
  readonly persons: number;
  /** `YYYY-MM`, consecutive. */
  readonly months: readonly string[];
  readonly seed: number;
  readonly counties: readonly CountyPlaces[];
  /** Yuan per head and year; `urban: null` if the locality has set none. */
  readonly standards: {
    readonly rural: number;
    readonly urban: number | null;
    readonly disposableIncome: number;
  };
  readonly figures: RuleFigures;
  /** Called after each file; `file` is its path below `out`. */
  readonly onProgress?: (step: { done: number; total: number; file: string }) => void;
}

export interface GeneratedFile {
  /** Path below `out`. */
  readonly file: string;
  readonly rows: number;
}

export interface GenerateSummary {
  readonly files: readonly GeneratedFile[];
  readonly rows: number;
  /** Persons of the background population. */
  readonly background: number;
  /** Lines of truth.csv. */
  readonly planted: number;
  /** Lines of near-misses.csv. */
  readonly nearMisses: number;
}
