/**
 * The field catalogue: every name that a rule may speak of. A field is a column of the month's profile
 * (`pipelines/steps/profile.sql`) under the same name; a source system can change its shape without touching a rule.
 * Yes/no fields are never unknown once their extracts are there; all others may be.
 */
export type FieldType = 'boolean' | 'integer' | 'money' | 'date' | 'text';

export interface Field {
  readonly name: string;
  /** `person`: in the person's profile only; `household`: in the home's only; `both`: of the home, in both. */
  readonly of: 'person' | 'household' | 'both';
  readonly type: FieldType;
  readonly title: string;
  readonly title_en: string;
  /** Extracts without which the field means nothing: a rule that uses it is then not evaluated. */
  readonly reads: readonly string[];
  /** Extracts whose absence only makes the field known for fewer. */
  readonly narrows: readonly string[];
}

const ASSISTANCE = 'civil-affairs/assistance';
const MEMBERS = 'civil-affairs/members';
const MONITORED = 'rural-revitalization/monitored';
const ENROLMENT = 'education/enrolment';
const SETTLEMENTS = 'medical-insurance/settlements';
const INSURED = 'medical-insurance/insured';
const CERTIFICATES = 'disabled-federation/certificates';
const EMPLOYMENT = 'human-resources/employment';
const FACTS = 'cross-check/facts';
const AFFECTED = 'emergency/affected';

/** The extract of the month before, e.g. for certificates that are new this month. */
export const PREVIOUS = '@previous';

function fields(
  of: Field['of'],
  list: readonly (readonly [
    name: string,
    type: FieldType,
    title: string,
    title_en: string,
    reads: readonly string[],
    narrows?: readonly string[],
  ])[],
): Field[] {
  return list.map(([name, type, title, title_en, reads, narrows = []]) => ({
    name,
    of,
    type,
    title,
    title_en,
    reads,
    narrows,
  }));
}

const LIST: readonly Field[] = [
  ...fields('person', [
    [
      'person.age',
      'integer',
      '月末周岁',
      'age in years at the end of the month',
      [MONITORED],
      [MEMBERS],
    ],
    [
      'person.low_income',
      'boolean',
      '本人为低收入人口',
      'the person is low-income',
      [ASSISTANCE, MONITORED],
    ],
    [
      'person.dibao',
      'boolean',
      '本人在低保（含渐退）',
      'the person is in dibao (active or grace)',
      [ASSISTANCE],
    ],
    [
      'person.dibao_active',
      'boolean',
      '本人有在保低保记录',
      'the person has an active dibao row',
      [ASSISTANCE],
    ],
    [
      'person.basic_guarantee',
      'boolean',
      '本人在基本生活救助（低保、特困、孤儿、事实无人抚养儿童）',
      'the person is in a basic guarantee',
      [ASSISTANCE],
    ],
    [
      'person.assisted',
      'boolean',
      '本人有在保或渐退的任一救助记录',
      'the person has an active or grace row of any programme',
      [ASSISTANCE],
    ],
    [
      'person.topup_paid',
      'boolean',
      '本人任一救助记录有增发金额',
      'some assistance row of the person pays a top-up',
      [ASSISTANCE],
    ],
    [
      'person.topup_kinds',
      'integer',
      '同一条在保记录的增发类别数（最多）',
      'most kinds of top-up on one active or grace row',
      [ASSISTANCE],
    ],
    [
      'person.basic_guarantee_variants',
      'integer',
      '本人基本生活救助的类别与县区组合数',
      'different programme and county pairs among basic guarantees',
      [ASSISTANCE],
    ],
    [
      'monitored.measures_able_idle',
      'integer',
      '有劳动能力且未就业的监测对象的帮扶措施数（最少）',
      'fewest measures on an open monitored row with full labour capacity and no employment',
      [MONITORED],
    ],
    [
      'medical.inpatient_self_paid_ytd',
      'money',
      '本年住院个人自付（元）',
      'inpatient self-paid, year to date, yuan',
      [SETTLEMENTS],
    ],
    [
      'medical.outpatient_self_paid_new',
      'money',
      '本月新到门诊及慢特病个人自付（元）',
      'outpatient and chronic self-paid new this month, yuan',
      [SETTLEMENTS],
    ],
    [
      'medical.major_illness_new',
      'boolean',
      '本月新到重特大疾病结算',
      'a major-illness bill is new this month',
      [SETTLEMENTS],
    ],
    [
      'medical.major_illness_earlier',
      'boolean',
      '以前月份文件中已有近12个月内的重特大疾病结算',
      'an earlier file has a major-illness bill dated within 12 months',
      [SETTLEMENTS],
    ],
    [
      'medical.major_illness',
      'boolean',
      '近12个月内有重特大疾病结算',
      'a major-illness bill within 12 months',
      [SETTLEMENTS],
    ],
    [
      'medical.uninsured',
      'boolean',
      '本月参保数据为未参保',
      'the insurance roll says not insured',
      [INSURED],
    ],
    [
      'disability.certificate',
      'boolean',
      '有有效残疾人证',
      'holds a valid certificate',
      [CERTIFICATES],
    ],
    [
      'disability.severe',
      'boolean',
      '重度残疾（一、二级，或三级智力、精神）',
      'severe disability: grade 1–2, or grade 3 intellectual or mental',
      [CERTIFICATES],
    ],
    [
      'disability.grade_1_2',
      'boolean',
      '有有效一、二级残疾人证',
      'holds a valid certificate of grade 1–2',
      [CERTIFICATES],
    ],
    [
      'disability.grade_1_2_before',
      'boolean',
      '上月已有有效一、二级残疾人证',
      'held one of grade 1–2 in the month before',
      [`${CERTIFICATES}${PREVIOUS}`],
    ],
    [
      'disability.no_nursing_subsidy',
      'boolean',
      '一、二级残疾人未享受护理补贴',
      'grade 1–2 and known to draw no nursing subsidy',
      [CERTIFICATES],
    ],
    [
      'disability.no_living_subsidy',
      'boolean',
      '持证且未享受生活补贴',
      'valid certificate and known to draw no living subsidy',
      [CERTIFICATES],
    ],
    ['education.on_roll', 'boolean', '在学籍数据中', 'has a row in the school roll', [ENROLMENT]],
    [
      'education.out_of_school',
      'boolean',
      '义务教育阶段未到校或辍学',
      'primary or junior, absent or dropped out',
      [ENROLMENT],
    ],
    [
      'education.net_cost_year',
      'money',
      '高中（中职）学年自付扣除资助后（元）',
      'senior or vocational: out of pocket minus aid, yuan per year (highest row)',
      [ENROLMENT],
    ],
    [
      'education.aid_year',
      'money',
      '在读学生本学年资助（元，最少）',
      'aid of an enrolled student, yuan per year (lowest row)',
      [ENROLMENT],
    ],
    [
      'employment.working',
      'boolean',
      '在职、灵活就业或退休',
      'employed, flexibly employed or retired',
      [EMPLOYMENT],
    ],
    [
      'employment.months_without_income',
      'integer',
      '未领失业金的连续无收入月数',
      'months without income while drawing no unemployment benefit',
      [EMPLOYMENT],
    ],
    [
      'disaster.affected_new',
      'boolean',
      '本月新受灾',
      'hit by a disaster or accident, new this month',
      [AFFECTED],
    ],
    ['facts.death', 'boolean', '有死亡信息', 'a death fact counts', [FACTS]],
    ['facts.fiscal_payroll', 'boolean', '财政供养', 'on a fiscal payroll', [FACTS]],
    ['facts.pension', 'boolean', '领取职工养老金', 'draws an employee’s pension', [FACTS]],
    ['facts.business', 'boolean', '有市场主体登记', 'has a registered business', [FACTS]],
    [
      'facts.real_estate',
      'boolean',
      '有房产（已知非易地搬迁住房）',
      'has real estate known not to be relocation housing',
      [FACTS],
    ],
    [
      'facts.assets',
      'boolean',
      '有车辆、存款或公积金信息',
      'has a vehicle, deposit or housing fund',
      [FACTS],
    ],
  ]),
  ...fields('both', [
    [
      'household.low_income',
      'boolean',
      '家庭有低收入人口',
      'a member is low-income',
      [ASSISTANCE, MONITORED],
    ],
    [
      'household.income',
      'money',
      '家庭年人均收入（元）',
      'income per head and year, yuan',
      [ASSISTANCE, MONITORED],
    ],
    ['household.residence', 'text', '城乡类别', 'urban or rural', [ASSISTANCE]],
    [
      'household.dibao_whole',
      'boolean',
      '家庭有非单人户的在保低保',
      'an active dibao row that is not a single-person one',
      [ASSISTANCE],
    ],
  ]),
  ...fields('household', [
    ['household.dibao', 'boolean', '家庭有低保成员', 'a member is in dibao', [ASSISTANCE]],
    ['household.tekun', 'boolean', '家庭有特困成员', 'a member is in tekun', [ASSISTANCE]],
    ['household.marginal', 'boolean', '家庭有低保边缘成员', 'a member is marginal', [ASSISTANCE]],
    [
      'household.basic_guarantee',
      'boolean',
      '家庭有基本生活救助成员',
      'a member is in a basic guarantee',
      [ASSISTANCE],
    ],
    [
      'household.assisted',
      'boolean',
      '家庭有在保或渐退成员（临时救助除外）',
      'a member has an active or grace row of any programme but temporary aid',
      [ASSISTANCE],
    ],
    [
      'household.monitored_open',
      'boolean',
      '家庭有风险未消除的监测对象',
      'a member is monitored with open risk',
      [MONITORED],
    ],
    ['household.size', 'integer', '家庭人口数', 'persons in the home', [ASSISTANCE, MONITORED]],
    [
      'household.income_total',
      'money',
      '家庭年收入（元）',
      'income of the home per year: per head times size, yuan',
      [ASSISTANCE, MONITORED],
    ],
    [
      'household.rigid_expenditure',
      'money',
      '近12个月刚性支出（元）',
      'rigid expenditure of 12 months, yuan',
      [SETTLEMENTS, ENROLMENT],
    ],
    [
      'household.income_after_rigid',
      'money',
      '扣除刚性支出后的家庭年收入（元）',
      'income of the home minus rigid expenditure, yuan',
      [ASSISTANCE, MONITORED, SETTLEMENTS, ENROLMENT],
    ],
    [
      'household.left_or_refused',
      'boolean',
      '近12个月内退出或申请未获确认',
      'a refused or exited row dated within 12 months',
      [ASSISTANCE],
    ],
    [
      'household.review_earliest',
      'date',
      '在保低保、特困最早的复核日期',
      'earliest review date of an active dibao or tekun row',
      [ASSISTANCE],
    ],
    [
      'household.grace_state_employment',
      'date',
      '渐退开始日期（国有单位就业）',
      'earliest grace start: employed by the state',
      [ASSISTANCE],
    ],
    [
      'household.grace_flexible_employment',
      'date',
      '渐退开始日期（灵活就业）',
      'earliest grace start: flexible employment',
      [ASSISTANCE],
    ],
    [
      'household.grace_other',
      'date',
      '渐退开始日期（其他）',
      'earliest grace start: other reasons',
      [ASSISTANCE],
    ],
    [
      'household.grace_unclear',
      'boolean',
      '渐退记录缺少原因或开始日期',
      'a grace row lacks its reason or its start',
      [ASSISTANCE],
    ],
    [
      'household.review_unclear',
      'boolean',
      '在保低保、特困缺少复核日期',
      'an active dibao or tekun row lacks its review date',
      [ASSISTANCE],
    ],
  ]),
  ...fields('person', [
    [
      'facts.real_estate_unclear',
      'boolean',
      '有房产但未注明是否易地搬迁住房',
      'has real estate of which it is not said whether it is relocation housing',
      [FACTS],
    ],
  ]),
];

export const FIELDS: ReadonlyMap<string, Field> = new Map(LIST.map((field) => [field.name, field]));

/** Fields of one subject's profile, in the order of the catalogue. */
export function fieldsOf(subject: 'person' | 'household'): Field[] {
  return LIST.filter(({ of }) => of === subject || of === 'both');
}
