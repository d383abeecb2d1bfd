/** Names of the answers that lie beside deliveries: what is ours is not taken for a department's. */

/** A draft begins with a dot and ends in `.part` until it is whole. */
const REPORT = /(^|\/)\.?[^/]{1,250}\.report\.(txt|json|xlsx)(\.part)?$/;

export const isReportName = (path: string): boolean => REPORT.test(path);

/** Name of the answer to a delivered file, e.g. `2026-10.report.txt`. */
export function reportName(file: string, kind: string): string {
  return `${file.replace(/\.(csv\.gz|csv|parquet|arrow|xlsx)$/, '')}.report.${kind}`;
}
