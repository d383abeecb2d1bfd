/** One county's policy figures on one day, with their citations, for the calculators. */
import { closest } from 'fastest-levenshtein';
import { MonitorError } from '../../core/errors.ts';
import type { Parameter } from '../../core/parameter.ts';
import type { Divisions } from '../../core/region.ts';
import type { FigureName } from '../figure-names.ts';
import { lookUp, type Cases, type ParameterBook } from '../parameters.ts';

/** A figure's source, and since when it is in force. */
export interface Citation {
  readonly doc: string;
  readonly clause: string;
  readonly region: string;
  readonly from: string;
  /** A default not backed by a notice. */
  readonly unverified: boolean;
}

export interface Figure<T> {
  readonly value: T;
  readonly citation: Citation;
}

/** Each reader returns null where the county's notices are silent on that day. */
export interface Locality {
  readonly county: string;
  readonly day: string;
  figure(name: FigureName, where?: Cases): Figure<Parameter['value']> | null;
  number(name: FigureName, where?: Cases): Figure<number> | null;
  flag(name: FigureName, where?: Cases): Figure<boolean> | null;
  text(name: FigureName, where?: Cases): Figure<string> | null;
}

/**
 * @param county 6-digit code
 * @param day `YYYY-MM-DD` on which the figures must be in force
 * @returns readers that throw MonitorError `parameter` for an unknown name, or a figure of another type
 */
export function localityAt(
  book: ParameterBook,
  divisions: Divisions,
  county: string,
  day: string,
): Locality {
  const figure = (name: FigureName, where: Cases = {}): Figure<Parameter['value']> | null => {
    if (!book.definitions.has(name))
      throw new MonitorError('parameter', `there is no parameter '${name}'`, {
        fix: `did you mean '${closest(name, [...book.definitions.keys()])}'?`,
      });
    const found = lookUp(book, divisions, name, county, day, where);
    if (found === null) return null;
    const { value, doc, clause, region, from, unverified } = found;
    return { value, citation: { doc, clause, region, from, unverified: unverified === true } };
  };
  const typed =
    <T extends Parameter['value']>(type: string, is: (value: Parameter['value']) => value is T) =>
    (name: FigureName, where?: Cases): Figure<T> | null => {
      const found = figure(name, where);
      if (found === null) return null;
      const { value, citation } = found;
      if (!is(value)) throw new MonitorError('parameter', `'${name}' is not a ${type}`);
      return { value, citation };
    };
  return {
    county,
    day,
    figure,
    number: typed('number', (value): value is number => typeof value === 'number'),
    flag: typed('yes/no figure', (value): value is boolean => typeof value === 'boolean'),
    text: typed('text', (value): value is string => typeof value === 'string'),
  };
}
