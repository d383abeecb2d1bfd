/** The same small month of two datasets, as text: with doubles and rows of every code that typed files can hold too. */
import { ENROLMENT, person, pupils } from '../inbox.ts';

export interface Month {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** SQL expression per column for the typed Parquet file, over the text columns. */
  readonly typed: Readonly<Record<string, string>>;
}

const cells = (line: string): string[] => line.split(',');

export const enrolment: Month = {
  path: 'education/enrolment/2026-10',
  header: cells(ENROLMENT),
  rows: [
    ...pupils(60),
    `${person(901)},520102,,enrolled,1,2,2030-07`,
    `${person(902)},520102,小学,在读,1.239,0.1,2031-06`,
    `${person(903)},110101,初中,辍学,,99,2031-07`,
    ...pupils(1),
    `${person(904)},520102,junior,gone,0,120.05,2030-07`,
    `${person(905)},520103,高中,休学,-1,120.05,2030-07`,
    `${person(906)},520103,高中,休学,123456.7,,`,
    ...pupils(80, 200),
  ].map(cells),
  typed: {
    county: 'county::INTEGER',
    aid_year: 'aid_year::DOUBLE',
    out_of_pocket_year: 'out_of_pocket_year::DECIMAL(12,4)',
    graduation_month: `(graduation_month || '-01')::DATE`,
  },
};

const bill = (n: number, rest: string): string => `B-${n},${person(n)},520102,${rest}`;
const plain = (n: number): string =>
  bill(n, `2026-10-${String((n % 28) + 1).padStart(2, '0')},住院,I63.9,是,${n}.5,10,,0,${n}`);

export const settlements: Month = {
  path: 'medical-insurance/settlements/2026-10',
  header: cells(
    'bill_id,person_id,county,settled_on,kind,disease_code,major_illness,total,insurance_paid,serious_illness_paid,medical_aid_paid,self_paid',
  ),
  rows: [
    ...Array.from({ length: 100 }, (_, i) => plain(i + 1)),
    bill(301, '2026-11-03,inpatient,,否,1,1,,,0'),
    bill(302, '2026-09-03,outpatient,!!,false,1,1,,,0'),
    bill(303, '2025-02-28,chronic,E11,false,-12.34,-2,,,-10'),
    bill(304, ',chronic,E11,false,1,1,,,0'),
    ...Array.from({ length: 40 }, (_, i) => plain(i + 401)),
  ].map(cells),
  typed: {
    settled_on: 'settled_on::TIMESTAMP',
    major_illness: `major_illness IN ('是', 'true')`,
    total: 'total::DECIMAL(12,2)',
    insurance_paid: 'insurance_paid::SMALLINT',
    medical_aid_paid: 'medical_aid_paid::FLOAT',
    self_paid: 'self_paid::BIGINT',
  },
};

export const toCsv = ({ header, rows }: Pick<Month, 'header' | 'rows'>): string =>
  `${[header, ...rows].map((row) => row.join(',')).join('\n')}\n`;
