/**
 * What a workbook stores instead of the typed text, and when that is a fault. The rules are the intake's
 * (docs/add-a-connector.md): what the intake would refuse is neither hashed nor passed on.
 */
export type StoredAs =
  | 'formula'
  | 'error'
  /** A number with more digits than Excel keeps. */
  | 'digits'
  | 'number'
  | 'day'
  /** Formatted as a day, but not a calendar day. */
  | 'no-day'
  | 'truth';

/** `text`: names, addresses and telephone numbers of a roster. */
export type Holds = 'identity' | 'household' | 'text' | 'anything';

const ROUNDED =
  'stored as a number, and Excel cannot hold 18 digits: its last digits are lost; export the column again, as text';

const ANYWHERE: Partial<Record<StoredAs, string>> = {
  formula: 'a formula, whose saved result may be old: paste it as a value',
  error: 'an error of the spreadsheet',
  digits:
    'a number of more than 15 digits, which Excel cannot hold: export the column again, as text',
  'no-day': 'shown as a day, but no day of the calendar',
};

const AS_TEXT: Partial<Record<StoredAs, string>> = {
  ...ANYWHERE,
  day: 'a date, as spreadsheets make of what looks like one: store it as text',
  truth: 'a truth value, as spreadsheets make of a word: store it as text',
};

const FAULTS: Readonly<Record<Holds, Partial<Record<StoredAs, string>>>> = {
  identity: { ...AS_TEXT, digits: ROUNDED, number: ROUNDED },
  household: {
    ...AS_TEXT,
    number: 'stored as a number, so that leading zeros are lost: export the column again, as text',
  },
  text: AS_TEXT,
  anything: ANYWHERE,
};

/** @returns why the row is bad; undefined when the column accepts the stored value */
export const storedFault = (stored: StoredAs, holds: Holds): string | undefined =>
  FAULTS[holds][stored];
