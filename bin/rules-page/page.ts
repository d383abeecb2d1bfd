/** docs/rules.md: every rule and policy figure from the files, for clerks. */
import * as prettier from 'prettier';
import { readOf } from '../../core/field.ts';
import { unitInChinese, type Parameter } from '../../core/parameter.ts';
import { COUNTRY, divisionsOf } from '../../core/region.ts';
import { mentionsOfRule } from '../../warnings/check.ts';
import type { ParameterDefinition } from '../../warnings/parameters.ts';
import { narrowsOf, needsOf, type RuleBook } from '../../warnings/rule-book.ts';
import type { Rule } from '../../warnings/schema.ts';
import type { UncoveredReason, Segment } from '../../warnings/segment-schema.ts';
import { caseInWords, ruleInWords, valueInWords } from '../../warnings/words.ts';

const SUBJECTS = {
  person: '个人',
  household: '家庭',
  case: '办件',
  village: '村（社区）',
  list: '部门名单',
  delivery: '来件',
  extract: '县级数据',
  rule: '规则',
} as const;
const DIRECTIONS = {
  need: '需救助',
  exit: '应退出',
  correction: '需纠正',
  watch: '提前关注',
  work: '督办',
} as const;
const MATURITIES = { draft: '草稿', trial: '试用', production: '在用', retired: '停用' } as const;

const HEAD = `# 规则一览 · All rules

<!-- Made by \`npm run docs:rules\` from rules/catalogue, rules/segments, rules/reasons and rules/parameters: change those, not this page. -->

本页由 \`npm run docs:rules\` 根据规则文件和参数文件生成，不要手工修改。规则只提醒核查，不作决定；条件中的数字一律来自参数，按地区、按时期取值，各地自己的数值写在 \`doudi.yaml\` 中，优先于本页所列。

This page is made from the rule files; the words for clerks are Chinese, headings are in both languages. How to write a rule: [add a rule](add-a-rule.md).
`;

/** A text as a table cell. */
function cell(text: string): string {
  return text
    .trim()
    .replaceAll('|', '\\|')
    .replaceAll(/\s*\n\s*/g, '<br>');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;
  // Cases of one figure share the values that hold for all cases.
  return [...new Set([line(head), line(head.map(() => '---')), ...rows.map(line)])].join('\n');
}

/** Name and code of a region in a shipped province, otherwise the code alone. */
function regionInWords(code: string): string {
  if (code === COUNTRY) return '全国';
  try {
    const name = divisionsOf(`${code.slice(0, 2)}0000`).find(code)?.name;
    return name === undefined ? code : `${name} ${code}`;
  } catch {
    return code;
  }
}

function unitInWords(unit: string): string {
  return unitInChinese(unit);
}

function figure({ value }: Parameter, { unit }: ParameterDefinition): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value !== 'number') return value;
  if (unit === 'share') return `${Number((value * 100).toFixed(4))}%`;
  return value.toLocaleString('en-US', { maximumFractionDigits: 4 });
}

const FIGURE_HEAD = [
  '参数 Parameter',
  '情形 Case',
  '地区 Region',
  '时期 Period',
  '数值 Value',
  '单位 Unit',
  '依据 Citation',
  '说明 Note',
];

function figureRow(definition: ParameterDefinition, value: Parameter | null): string[] {
  const { name, title, unit } = definition;
  const named = `${title}<br>\`${name}\``;
  if (value === null)
    return [named, '', '', '', '未规定', unitInWords(unit), '', '没有随附数值，由各地填写'];
  return [
    named,
    Object.values(value.where ?? {})
      .map(caseInWords)
      .join('、'),
    regionInWords(value.region),
    `${value.from} 起${value.to === null ? '' : `，至 ${value.to}`}`,
    figure(value, definition),
    unitInWords(unit),
    value.clause === '-' ? value.doc : `${value.doc} ${value.clause}`,
    `${value.unverified === true ? '**未核实**。' : ''}${value.note ?? ''}`,
  ];
}

/** Rows of a figure's shipped values, for one case if given; a single row saying so when it has no values. */
function figureRows(
  { parameters }: RuleBook,
  name: string,
  where: Readonly<Record<string, string>>,
): string[][] {
  const definition = parameters.definitions.get(name);
  if (definition === undefined) return [];
  const values = parameters.tiers
    .flat()
    .filter((value) => value.name === name)
    .filter(({ where: own = {} }) =>
      Object.entries(own).every(([key, wanted]) => (where[key] ?? wanted) === wanted),
    );
  return values.length === 0
    ? [figureRow(definition, null)]
    : values.map((value) => figureRow(definition, value));
}

/** For an extract of an earlier month. */
const monthsBefore = (months: number): string =>
  months === 0 ? '' : months === 1 ? '（上月）' : `（${months}个月前）`;

function extracts(names: readonly string[]): string {
  return names
    .map(readOf)
    .map(({ source, before }) => `\`${source}\`${monthsBefore(before)}`)
    .join('、');
}

function section(rule: Rule, book: RuleBook): string {
  const { vocabulary } = book;
  const { fields } = vocabulary;
  const { parameters } = mentionsOfRule(rule);
  const list: (readonly [string, string])[] = [
    [
      '对象与方向 Subject and direction',
      `${SUBJECTS[rule.subject]}，${DIRECTIONS[rule.direction]}，优先级 ${rule.priority}，${MATURITIES[rule.maturity]}，第 ${rule.version} 版`,
    ],
    ['条件 Condition', `${ruleInWords(rule, vocabulary)}。`],
  ];
  for (const { on, title } of rule.watch?.dates ?? [])
    list.push(['提前关注的日期 Date', `${valueInWords(on, vocabulary)}：${title}。`]);
  if (rule.record_gaps)
    list.push(['数据缺口 Gaps', '因数据缺失而无法判断的对象另行计数，不预警。']);
  if (rule.unclear_when !== undefined)
    list.push([
      '数据不清 Unclear data',
      `${ruleInWords({ when: rule.unclear_when }, vocabulary)}，也记为数据缺口。`,
    ]);
  list.push([
    '依据 Basis',
    rule.basis.map(({ doc, clause }) => (clause === '-' ? doc : `${doc} ${clause}`)).join('；'),
  ]);
  const [needs, narrows] = [needsOf(rule, fields), narrowsOf(rule, fields)];
  if (needs.length > 0) list.push(['必需数据 Needs', `${extracts(needs)}。缺一即“未评估”。`]);
  if (narrows.length > 0)
    list.push(['补充数据 Narrowed by', `${extracts(narrows)}。缺少时看到的对象较少。`]);
  list.push(['建议 Advice', rule.advice]);
  const warns = rule.examples.filter((example) => example.warns).length;
  list.push([
    '例子 Examples',
    `${rule.examples.length} 个：${warns} 个预警，${rule.examples.length - warns} 个不预警。`,
  ]);
  const limits = rule.limits
    .trim()
    .split('\n')
    .map((line) => `  - ${line.trim()}`);
  return [
    `### ${rule.id}`,
    `**${rule.title}** · ${rule.title_en}`,
    [
      ...list.map(([head, text]) => `- **${head}**：${text.trim()}`),
      '- **看不到的和已作的决定 Limits**：',
      ...limits,
    ].join('\n'),
    ...(parameters.length === 0
      ? []
      : [
          table(
            FIGURE_HEAD,
            parameters.flatMap(({ name, where }) => figureRows(book, name, where)),
          ),
        ]),
  ].join('\n\n');
}

/** Segments, or the reasons of their ledger, as one table. */
function judgedTable(
  judged: readonly (Segment | UncoveredReason)[],
  { vocabulary }: RuleBook,
  [head, other]: readonly [head: string, other: (one: Segment | UncoveredReason) => string],
): string {
  return table(
    ['编号 Id', '名称 Title', '条件 Condition', head, '依据 Basis', '看不到的和已作的决定 Limits'],
    judged.map((one) => [
      `\`${one.id}\``,
      `${one.title}<br>${one.title_en}`,
      ruleInWords(one, vocabulary),
      other(one),
      one.basis.map(({ doc, clause }) => `${doc} ${clause}`).join('；'),
      one.limits,
    ]),
  );
}

/** @returns Markdown as prettier leaves it, so that formatting the repository changes nothing */
export async function rulesPage(book: RuleBook): Promise<string> {
  const { rules, segments, reasons, parameters, vocabulary } = book;
  const overview = table(
    [
      '编号 Id',
      '名称 Title',
      '对象 Subject',
      '条件 Condition',
      '方向 Direction',
      '优先级 Priority',
      '状态 Maturity',
      '版本 Version',
    ],
    rules.map((rule) => [
      `[${rule.id}](#${rule.id.toLowerCase()})`,
      rule.title,
      SUBJECTS[rule.subject],
      ruleInWords(rule, vocabulary),
      DIRECTIONS[rule.direction],
      String(rule.priority),
      MATURITIES[rule.maturity],
      String(rule.version),
    ]),
  );
  const figures = [...parameters.definitions.keys()].flatMap((name) => figureRows(book, name, {}));
  const text = [
    HEAD,
    `## 全部规则 · The rules in one table`,
    `共 ${rules.length} 条。`,
    overview,
    `## 逐条说明 · Rule by rule`,
    ...rules.map((rule) => section(rule, book)),
    `## 分组 · Segments`,
    '分组按户，不开线索；“已纳入”之外的进台账。说明见 [segments.md](segments.md)。',
    judgedTable(segments, book, [
      '已纳入 Covered',
      (one) =>
        'covered' in one && one.covered !== undefined
          ? ruleInWords({ when: one.covered }, vocabulary)
          : '—',
    ]),
    '台账中由数据显示的原因，须入户核实，不是决定：',
    judgedTable(reasons, book, ['分组 Segments', (one) => ('of' in one ? one.of.join('、') : '')]),
    `## 政策参数 · Figures of policy`,
    '没有本地数值的取上一级（县、州市、省、全国）；**未核实**的数值没有通知依据，须由当地确认。',
    table(FIGURE_HEAD, figures),
  ].join('\n\n');
  const options = await prettier.resolveConfig(new URL(import.meta.url));
  return prettier.format(text, { ...options, parser: 'markdown' });
}
