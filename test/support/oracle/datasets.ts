// Section 2 of the contract: the columns of each dataset and what each may hold.

export type Kind =
  | 'id'
  | 'text'
  | 'county'
  | 'township'
  | 'village'
  | 'date'
  | 'month'
  | 'money'
  | 'signed-money'
  | 'boolean'
  | 'integer'
  | readonly string[]
  | { readonly several: readonly string[] };

export interface Column {
  readonly name: string;
  readonly required: boolean;
  readonly kind: Kind;
}

const must = (name: string, kind: Kind): Column => ({ name, required: true, kind });
const may = (name: string, kind: Kind): Column => ({ name, required: false, kind });

const LABOUR = ['full', 'partial', 'none'] as const;

export const DATASETS = {
  'civil-affairs/assistance': [
    must('person_id', 'id'),
    must('household_id', 'id'),
    must('county', 'county'),
    must('township', 'township'),
    may('village', 'village'),
    must('residence', ['urban', 'rural']),
    must('programme', [
      'urban_dibao',
      'rural_dibao',
      'tekun_concentrated',
      'tekun_dispersed',
      'marginal',
      'rigid_expenditure',
      'orphan',
      'unattended_child',
      'temporary_aid',
    ]),
    must('status', ['active', 'grace', 'applied', 'refused', 'exited']),
    must('status_date', 'date'),
    must('household_size', 'integer'),
    may('income_per_capita_year', 'money'),
    may('labour_capacity', LABOUR),
    may('self_care', LABOUR),
    may('single_person', 'boolean'),
    may('amount_month', 'money'),
    may('topup_month', 'money'),
    may('topup_kinds', { several: ['elderly', 'disabled', 'seriously_ill', 'student', 'other'] }),
    may('review_date', 'date'),
    may('grace_reason', ['state_employment', 'flexible_employment', 'other']),
    may('grace_start', 'date'),
    may('relocated', 'boolean'),
  ],
  'civil-affairs/members': [
    must('person_id', 'id'),
    must('household_id', 'id'),
    must('county', 'county'),
    may('relation', 'text'),
    may('sex', ['male', 'female']),
    may('birth_month', 'month'),
    may('supporter_of', 'id'),
    may('supporter_income_per_capita_year', 'money'),
  ],
  'rural-revitalization/monitored': [
    must('person_id', 'id'),
    must('household_id', 'id'),
    must('county', 'county'),
    must('township', 'township'),
    may('village', 'village'),
    must('category', ['unstable', 'marginal', 'sudden']),
    must('risk', ['open', 'eliminated']),
    may('causes', {
      several: [
        'illness',
        'disability',
        'schooling',
        'disaster',
        'employment',
        'accident',
        'other',
      ],
    }),
    must('identified_month', 'month'),
    may('eliminated_month', 'month'),
    may('income_per_capita_year', 'money'),
    may('rigid_expenditure_year', 'money'),
    may('labour_capacity', LABOUR),
    may('employment', ['local', 'migrant', 'public_post', 'none']),
    may('measures', 'integer'),
    may('relocated', 'boolean'),
    must('household_size', 'integer'),
    may('birth_month', 'month'),
  ],
  'education/enrolment': [
    must('person_id', 'id'),
    must('county', 'county'),
    must('stage', ['primary', 'junior', 'senior', 'vocational', 'university']),
    must('status', [
      'enrolled',
      'absent',
      'dropout',
      'suspended',
      'home_teaching',
      'abroad',
      'deferred',
      'graduated',
    ]),
    may('aid_year', 'money'),
    may('out_of_pocket_year', 'money'),
    may('graduation_month', 'month'),
  ],
  'medical-insurance/settlements': [
    may('bill_id', 'text'),
    must('person_id', 'id'),
    must('county', 'county'),
    must('settled_on', 'date'),
    must('kind', ['inpatient', 'outpatient', 'chronic']),
    may('disease_code', 'text'),
    must('major_illness', 'boolean'),
    must('total', 'signed-money'),
    must('insurance_paid', 'signed-money'),
    may('serious_illness_paid', 'signed-money'),
    may('medical_aid_paid', 'signed-money'),
    must('self_paid', 'signed-money'),
  ],
  'medical-insurance/insured': [
    must('person_id', 'id'),
    must('county', 'county'),
    must('insured', 'boolean'),
    may('subsidised', 'boolean'),
  ],
  'disabled-federation/certificates': [
    must('person_id', 'id'),
    must('county', 'county'),
    must('category', ['1', '2', '3', '4', '5', '6', '7']),
    must('grade', ['1', '2', '3', '4']),
    must('status', ['valid', 'cancelled', 'expired']),
    must('issued', 'date'),
    may('valid_until', 'date'),
    may('living_subsidy', 'boolean'),
    may('nursing_subsidy', 'boolean'),
  ],
  'human-resources/employment': [
    must('person_id', 'id'),
    must('county', 'county'),
    must('status', [
      'employed',
      'flexible',
      'registered_unemployed',
      'unregistered_unemployed',
      'retired',
      'none',
    ]),
    may('months_without_income', 'integer'),
    may('unemployment_benefit', 'boolean'),
    may('contributions_until', 'month'),
  ],
  'cross-check/facts': [
    must('person_id', 'id'),
    must('county', 'county'),
    must('kind', [
      'death',
      'fiscal_payroll',
      'pension',
      'business',
      'real_estate',
      'vehicle',
      'deposit',
      'housing_fund',
    ]),
    must('since', 'date'),
    may('until', 'date'),
    may('amount', 'money'),
    may('relocation_housing', 'boolean'),
  ],
  'emergency/affected': [
    must('person_id', 'id'),
    must('county', 'county'),
    must('event', 'text'),
    must('happened_on', 'date'),
  ],
  'villages/reports': [
    must('village', 'village'),
    must('county', 'county'),
    must('month', 'month'),
    must('reported_on', 'date'),
    may('zero', 'boolean'),
    may('person_id', 'id'),
    may('household_id', 'id'),
    may('kind', [
      'illness',
      'disability',
      'schooling',
      'unemployment',
      'disaster',
      'death',
      'other',
    ]),
  ],
} as const satisfies Record<string, readonly Column[]>;

export type DatasetName = keyof typeof DATASETS;

export const DATASET_NAMES = Object.keys(DATASETS) as DatasetName[];

/** What became known in a month; everything else describes its month (a state extract). */
export const EVENT_DATE = {
  'medical-insurance/settlements': 'settled_on',
  'cross-check/facts': 'since',
  'emergency/affected': 'happened_on',
} as const;
