/** Names of the answers beside deliveries, so that ours are not mistaken for a department's files. */

/** A draft starts with a dot and ends with `.part` until complete. */
const REPORT = /(^|\/)\.?[^/]{1,250}\.report\.(txt|json|xlsx)(\.part)?$/;

export const isReportName = (path: string): boolean => REPORT.test(path);

/** Name of the answer to a delivered file, e.g. `2026-10.report.txt`. */
export function reportName(file: string, kind: string): string {
  return `${file.replace(/\.(csv\.gz|csv|parquet|arrow|xlsx)$/, '')}.report.${kind}`;
}
