/**
 * Fields of the offices' work: of a case, a village, a list, a delivery, an extract, a rule. They are made for one
 * month and for the day on which the question is asked (`exchange/work-items/`).
 *
 * A `day-of-month` counts the days of one month, 1 to 31, and continues with 32 on the first day after it: once the
 * month is over it exceeds every figure of that unit, however short the month.
 */
import { fields, type Field } from '../../core/field.ts';
import { CERTIFICATE_NUMBERS, REPORTS } from './extracts.ts';

export const WORK: readonly Field[] = [
  ...fields('case', [
    [
      'case.working_days',
      'working-days',
      '自受理起已过工作日',
      'working days since acceptance of a case that is not confirmed or refused yet',
      [],
    ],
    ['case.township_confirms', 'boolean', '由乡镇确认', 'the township confirms', []],
    [
      'case.extended',
      'boolean',
      '已依规延长办理期限',
      'the time limit was extended for a reason that the locality names',
      [],
    ],
    [
      'case.days_posted',
      'days',
      '公示已过天数',
      'days since the opinion was posted, of a case without a conclusion of the posting',
      [],
    ],
    [
      'case.days_refused',
      'days',
      '不予批准告知书送达后已过天数',
      'days since the refusal was served, of a case that is not closed',
      [],
    ],
  ]),
  ...fields('village', [
    [
      'village.reported',
      'boolean',
      '已报本月情况（含零报告）',
      'has reported for the month, zero included',
      [REPORTS],
    ],
    ['village.day', 'day-of-month', '当月日期', 'day of the month that is reported on', [REPORTS]],
  ]),
  ...fields('list', [
    ['list.sent', 'boolean', '名单已送出', 'the list went out', []],
    ['list.newest', 'boolean', '名单为最新版本', 'no later version of the list went out', []],
    ['list.day', 'day-of-month', '次月日期', 'day of the month after that of the list', []],
    ['list.days_since_sent', 'days', '名单送出后已过天数', 'days since this version went out', []],
    [
      'list.acknowledged',
      'boolean',
      '接收部门已签收',
      'the recipient has acknowledged this version or a later one',
      [],
    ],
    [
      'list.unscreened',
      'persons',
      '尚无核查结果的人数',
      'persons who first went out with this version, stand on the newest one and have no screening result',
      [],
    ],
  ]),
  ...fields('delivery', [
    [
      'delivery.refused_identifiers',
      'integer',
      '因含身份证号、手机号或银行卡号被拒收的文件数',
      'files refused for identity numbers, phones or bank cards since the last accepted one',
      [],
    ],
    [
      'delivery.bad_identifiers',
      'integer',
      '编号不合格的行数',
      'rows quarantined for a person’s or household’s id, among the first hundred findings',
      [],
    ],
  ]),
  ...fields('extract', [
    ['extract.received', 'boolean', '已收到本月数据', 'an accepted file speaks for the county', []],
    ['extract.days_after_month', 'days', '月末后已过天数', 'days since the end of the month', []],
    ['extract.rows', 'integer', '本月行数', 'rows of the month', []],
    ['extract.rows_before', 'integer', '上月行数', 'rows of the month before', []],
    [
      'extract.rows_moved',
      'integer',
      '行数增减',
      'rows more or fewer than in the month before',
      [],
    ],
    [
      'extract.sum_column',
      'text',
      '变化最大的金额列',
      'the amount whose sum changed most, as a share of the month before',
      [],
    ],
    ['extract.sum_before', 'money', '该列上月合计（元）', 'its sum in the month before, yuan', []],
    [
      'extract.sum_moved',
      'money',
      '该列合计增减（元）',
      'its sum more or less than in the month before, yuan',
      [],
    ],
    [
      'extract.duplicates',
      'persons',
      '本县内重复的人数',
      'persons with two rows where the extract has one of each in the county',
      [],
    ],
    [
      'extract.certificate_mismatches',
      'integer',
      '证号与身份证号不符的残疾人证数',
      'certificates whose number does not agree with the identity number',
      [CERTIFICATE_NUMBERS],
    ],
  ]),
  ...fields('rule', [
    [
      'rule.unusual',
      'boolean',
      '预警数量异常',
      'the rule found nobody or far from its usual number',
      [],
    ],
    ['rule.signed', 'boolean', '已签认', 'somebody took the month as it is', []],
    ['rule.hits', 'integer', '本月预警数', 'warnings of the month', []],
    ['rule.usual', 'integer', '通常预警数', 'median of the months before, rounded', []],
  ]),
];
