/**
 * Administrative divisions: province (6 digits), prefecture, county, township (9 digits), from a CSV
 * `code,name,level,parent` (GB/T 2260 and GB/T 10114 form). Guizhou, Shanxi and Yunnan are shipped;
 * an office may supply its own file in the same form.
 */
import { existsSync, readFileSync } from 'node:fs';
import { MonitorError } from './errors.ts';

type Level = 'province' | 'prefecture' | 'county' | 'township';

export interface Division {
  readonly code: string;
  readonly name: string;
  readonly level: Level;
  readonly parent: string | null;
}

/** The code under which a parameter holds for the whole country. */
export const COUNTRY = '000000';

const LEVELS: Readonly<Record<Level, RegExp>> = {
  province: /^\d{2}0000$/,
  prefecture: /^\d{4}00$/,
  county: /^\d{6}$/,
  township: /^\d{9}$/,
};

export class Divisions {
  readonly province: Division;
  private readonly byCode: ReadonlyMap<string, Division>;

  constructor(list: readonly Division[]) {
    this.byCode = new Map(list.map((division) => [division.code, division]));
    const province = list.find((division) => division.level === 'province');
    if (province === undefined)
      throw new MonitorError('divisions', 'the divisions file has no province row');
    this.province = province;
  }

  /** County codes of the province, ascending. */
  get counties(): readonly Division[] {
    return [...this.byCode.values()]
      .filter((d) => d.level === 'county')
      .sort((a, b) => (a.code < b.code ? -1 : 1));
  }

  townshipsOf(county: string): readonly Division[] {
    return [...this.byCode.values()].filter((d) => d.level === 'township' && d.parent === county);
  }

  get townshipCodes(): readonly string[] {
    return [...this.byCode.values()].filter((d) => d.level === 'township').map((d) => d.code);
  }

  get codes(): ReadonlySet<string> {
    return new Set(this.byCode.keys());
  }

  find(code: string): Division | undefined {
    return this.byCode.get(code);
  }

  /** From narrowest to widest: county, prefecture, province, country. */
  lineage(code: string): string[] {
    const chain: string[] = [];
    for (
      let at = this.byCode.get(code);
      at !== undefined;
      at = at.parent === null ? undefined : this.byCode.get(at.parent)
    ) {
      chain.push(at.code);
    }
    return [...(chain.length === 0 ? [code] : chain), COUNTRY];
  }
}

/** @throws MonitorError `divisions` with file and line of a malformed row. */
export function readDivisions(path: string): Divisions {
  if (!existsSync(path)) {
    throw new MonitorError('divisions', `no divisions file at ${path}`, {
      fix: 'set `divisions:` in doudi.yaml to a CSV with the columns code,name,level,parent',
    });
  }
  const [header, ...lines] = readFileSync(path, 'utf8')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  if (header !== 'code,name,level,parent') {
    throw new MonitorError(
      'divisions',
      `${path}, line 1: the header must be code,name,level,parent`,
    );
  }
  const list = lines.flatMap((line, index): Division[] => {
    if (line.trim() === '') return [];
    const [code = '', name = '', level = '', parent = ''] = line.split(',');
    if (!(level in LEVELS) || !LEVELS[level as Level].test(code) || name === '') {
      throw new MonitorError('divisions', `${path}, line ${index + 2}: not a division`, {
        fix: 'code (6 digits, townships 9), name, level (province, prefecture, county, township), parent code',
      });
    }
    return [{ code, name, level: level as Level, parent: parent === '' ? null : parent }];
  });
  return new Divisions(list);
}

const SHIPPED: Readonly<Record<string, string>> = {
  '520000': 'guizhou',
  '140000': 'shanxi',
  '530000': 'yunnan',
};

function shippedPath(name: string): string {
  return new URL(`./divisions/${name}-divisions.csv`, import.meta.url).pathname;
}

/** The divisions of a province, from the given file or the shipped one. */
export function divisionsOf(province: string, file?: string): Divisions {
  const shipped = SHIPPED[province];
  if (file === undefined && shipped === undefined) {
    throw new MonitorError('divisions', `no divisions are shipped for province ${province}`, {
      fix: `shipped: ${Object.keys(SHIPPED).join(', ')}; for another set \`divisions:\` in doudi.yaml`,
    });
  }
  const path = file ?? shippedPath(shipped ?? '');
  const divisions = readDivisions(path);
  if (divisions.province.code !== province) {
    throw new MonitorError(
      'divisions',
      `${path} describes ${divisions.province.code}, not ${province}`,
    );
  }
  return divisions;
}

const regions = new Map<string, ReadonlySet<string>>();

function regionsOf(path: string): ReadonlySet<string> {
  let found = regions.get(path);
  if (found === undefined) {
    found = readDivisions(path).codes;
    regions.set(path, found);
  }
  return found;
}

/**
 * Whether a code is the country, or a division in a shipped province or in the given file.
 * @param file an office's own divisions
 */
export function isKnownRegion(code: string, file?: string): boolean {
  if (code === COUNTRY || (file !== undefined && regionsOf(file).has(code))) return true;
  const shipped = SHIPPED[`${code.slice(0, 2)}0000`];
  return shipped !== undefined && regionsOf(shippedPath(shipped)).has(code);
}
