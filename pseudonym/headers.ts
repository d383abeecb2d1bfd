/**
 * What a column's name says about it. A column that identifies people and is not covered by an option stops the work:
 * keeping it would be a leak, dropping it silently a surprise. The list errs on the side of stopping; `--drop` removes
 * columns it suspects wrongly.
 */
export type Sensitive = 'identity' | 'household' | 'phone' | 'bank' | 'name' | 'address';

/**
 * A disability certificate's number and a school register's number contain the identity number, where a detector of
 * whole numbers does not see it.
 */
const CHINESE: readonly (readonly [Sensitive, RegExp])[] = [
  [
    'identity',
    /身份(证|号|代码)|证件(号|编号|代码)|证(号|编号)|护照|社(会)?保(障)?(卡|号|编)|医保(卡|号|编)|学籍(辅)?号|个人(编号|识别号|代码)|人员(编号|标识)|(被赡养人|赡养对象)编号/,
  ],
  ['household', /户(编)?号|户口(簿|本|册)|家庭(编号|标识|代码|识别号)|户编码|家庭唯一/],
  ['phone', /电话|手机|移动号|联系方式|座机|传真|微信|邮箱|电子邮件|(^|[^a-z])qq/i],
  ['bank', /银行(卡|账|帐|号|$)|[账帐]号|[账帐]户|卡号|开户|存折|一卡通/],
  [
    'name',
    /姓名|名字|曾用名|^(户主|配偶|父亲|母亲|监护人|联系人|申请人|代理人|委托人|赡养人|扶养人|抚养人|法定代表人|经办人|帮扶人|帮扶干部|姓|名)$/,
  ],
  ['address', /住址|地址|门牌|住所|居住地$|户籍地$|户籍所在/],
];

/** Single words of English headers, and the initials of Chinese ones that systems export (sfzh = 身份证号). */
const WORDS: Readonly<Record<Sensitive, ReadonlySet<string>>> = {
  identity: new Set(
    'identity idcard idno idnum idnumber idcode passport ssn identification certno sfz sfzh sfzhm gmsfhm gmsfzh zjh zjhm cjzh xjh hzsfzh hzsfzhm'.split(
      ' ',
    ),
  ),
  household: new Set('householdid householdno hh hhid hukou jtbh hbh'.split(' ')),
  phone: new Set(
    'phone phones tel telephone mobile cell cellphone contact fax email mail wechat qq lxdh lxfs sj sjh sjhm dh dhhm'.split(
      ' ',
    ),
  ),
  bank: new Set('bank account acct card iban yhk yhkh yhzh zh kh khh khyh'.split(' ')),
  name: new Set(
    'name names fullname surname forename firstname lastname realname username householder xm hzxm cym'.split(
      ' ',
    ),
  ),
  address: new Set('address addr addresses dz zz jtzz jtdz hjdz xzz txdz'.split(' ')),
};

/** Names of places and things, not of people: `county_name`. */
const THINGS =
  /^(county|township|town|village|province|prefecture|city|district|school|hospital|disease|agency|department|dataset|programme|program|project|event|rule|column)_?names?$/;

/** Column names of the contracts that hold ids, and two-word names of numbers. */
const PHRASES: readonly (readonly [Sensitive, RegExp])[] = [
  [
    'identity',
    /^(person_id|supporter_of|person|resident_id|citizen_id|national_id)$|(^|_)(id|identity|certificate|cert|licen[cs]e|student|passport|social_security)_(card|no|num|number|code)($|_)/,
  ],
  ['household', /^household_id$|(^|_)(household|hh|family|home)_(id|no|num|number|code)($|_)/],
];

/** `IDCardNo`, `id-card no` → id_card_no */
function words(header: string): string {
  return header
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');
}

/** @returns what the column holds according to its name; null when not identifying */
export function sensitiveHeader(header: string): Sensitive | null {
  const text = header.normalize('NFKC').replace(/[\s\u200b-\u200f\u2060\ufeff]/g, '');
  for (const [kind, pattern] of CHINESE) if (pattern.test(text)) return kind;
  const english = words(header.normalize('NFKC'));
  for (const [kind, pattern] of PHRASES) if (pattern.test(english)) return kind;
  if (THINGS.test(english)) return null;
  for (const kind of Object.keys(WORDS) as Sensitive[]) {
    if (english.split('_').some((word) => WORDS[kind].has(word))) return kind;
  }
  return null;
}
