/**
 * Possible findings for a home on either track, and why a lead came to nothing. Codes go into the journal, Chinese
 * onto screens and forms.
 */

/** The civil-affairs track of a lead that asks for help. */
export const CIVIL_NEED = {
  dibao: '最低生活保障（整户）',
  single_dibao: '最低生活保障（单人户）',
  tekun: '特困人员救助供养',
  marginal: '低保边缘家庭',
  rigid_expenditure: '刚性支出困难家庭',
  temporary_aid: '临时救助',
  referral: '转介其他部门专项救助',
  top_up: '调整分类施保或补助',
  none: '不纳入',
} as const satisfies Record<string, string>;

/** The civil-affairs track of a lead that asks whether a benefit still stands. */
export const CIVIL_EXIT = {
  continue: '继续保障',
  adjust: '调整保障金额或人数',
  grace: '给予渐退期',
  stop: '停发、退出保障',
} as const satisfies Record<string, string>;

/** The rural-revitalization track. */
export const RURAL = {
  monitored: '纳入防返贫监测',
  already_monitored: '已是监测对象，继续监测',
  risk_eliminated: '风险消除',
  referral: '转介产业、就业等开发式帮扶',
  none: '不纳入监测',
} as const satisfies Record<string, string>;

export type CivilFinding = keyof typeof CIVIL_NEED | keyof typeof CIVIL_EXIT;
export type RuralFinding = keyof typeof RURAL;

/** Findings that require the household to apply first (受理): the statutory clock starts there. */
export const NEEDS_APPLICATION: ReadonlySet<CivilFinding> = new Set<CivilFinding>([
  'dibao',
  'single_dibao',
  'tekun',
  'marginal',
  'rigid_expenditure',
]);

/** Findings that are posted in the village before anybody confirms them (R43). */
export const PUBLICISED_CIVIL: ReadonlySet<CivilFinding> = new Set<CivilFinding>(NEEDS_APPLICATION);
export const PUBLICISED_RURAL: ReadonlySet<RuralFinding> = new Set<RuralFinding>(['monitored']);

/** Rank of what a finding grants, as shown to the village: a higher rank is not what it saw. */
export const GRANTS: Readonly<Partial<Record<CivilFinding, number>>> = {
  tekun: 3,
  dibao: 2,
  single_dibao: 2,
  marginal: 1,
  rigid_expenditure: 1,
};

/** Findings that refuse a household or end a benefit: given in writing, with the explanation (R22, annex 6). */
export const TOLD_IN_WRITING: ReadonlySet<CivilFinding> = new Set<CivilFinding>(['none', 'stop']);

/** Help was given or changed; any other answer found nothing to do. */
export const HELPS: ReadonlySet<CivilFinding | RuralFinding> = new Set<CivilFinding | RuralFinding>(
  [
    ...NEEDS_APPLICATION,
    'temporary_aid',
    'referral',
    'top_up',
    'adjust',
    'grace',
    'stop',
    'monitored',
    'risk_eliminated',
  ],
);

/**
 * Why a lead comes to nothing. `wrong`: the data were wrong, and the rule learns from it. `withoutVisit`: no visit
 * is needed.
 */
export const FALSE_ALARMS = {
  covered: { title: '已纳入保障', wrong: true, withoutVisit: true },
  dead: { title: '人员已死亡', wrong: true, withoutVisit: true },
  not_dead: { title: '人员健在', wrong: true, withoutVisit: false },
  wrong_identity: { title: '身份信息有误', wrong: true, withoutVisit: true },
  moved: { title: '已迁出本地', wrong: true, withoutVisit: true },
  abroad: { title: '在境外', wrong: true, withoutVisit: true },
  enrolled_elsewhere: { title: '在外地就读', wrong: true, withoutVisit: true },
  source_wrong: { title: '来源数据有误', wrong: true, withoutVisit: true },
  corrected: { title: '数据已订正', wrong: false, withoutVisit: true },
  duplicate: { title: '同一家庭已有在办线索', wrong: false, withoutVisit: true },
  income_above: { title: '人均收入高于标准', wrong: false, withoutVisit: false },
  assets: { title: '财产状况不符合规定', wrong: false, withoutVisit: false },
  support: { title: '法定赡养（抚养、扶养）义务人有能力', wrong: false, withoutVisit: false },
  hardship_over: { title: '困难已缓解', wrong: false, withoutVisit: false },
  declined: { title: '家庭自愿放弃', wrong: false, withoutVisit: false },
  not_eligible: { title: '其他不符合条件的情形', wrong: false, withoutVisit: false },
} as const satisfies Record<string, { title: string; wrong: boolean; withoutVisit: boolean }>;

export type FalseAlarm = keyof typeof FALSE_ALARMS;
export const FALSE_ALARM_CODES = Object.keys(FALSE_ALARMS) as [FalseAlarm, ...FalseAlarm[]];

export const keysOf = <T extends Record<string, unknown>>(
  table: T,
): [keyof T & string, ...(keyof T & string)[]] =>
  Object.keys(table) as [keyof T & string, ...(keyof T & string)[]];
