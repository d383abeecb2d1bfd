/** The form of one entry under `parameters:` in doudi.yaml (contract section 4). */
export interface Parameter {
  readonly name: string;
  readonly where?: Readonly<Record<string, string>> | undefined;
  readonly region: string;
  readonly from: string;
  readonly to?: string | null | undefined;
  readonly value: number | string | boolean;
  readonly unit?: string | undefined;
  readonly doc?: string | undefined;
  readonly clause?: string | undefined;
}

export interface OracleInput {
  readonly inbox: string;
  readonly month: string;
  readonly province: string;
  readonly parameters: readonly Parameter[];
  readonly counties: readonly string[];
}

export interface OracleWarning {
  readonly month: string;
  readonly rule: string;
  readonly subject: 'person' | 'household';
  readonly person_id: string;
  readonly household_id: string;
  readonly county: string;
}

/** One row of `doudi watch`. */
export interface OracleAhead extends OracleWarning {
  readonly due: string;
}

export interface NotEvaluated {
  readonly rule: string;
  readonly county: string;
  readonly missing: string;
}

export interface OracleResult {
  warnings: OracleWarning[];
  ahead: OracleAhead[];
  notEvaluated: NotEvaluated[];
}
