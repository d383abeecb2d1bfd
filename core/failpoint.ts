/**
 * Named places where a test can kill the process as a power cut would: DOUDI_FAILPOINT=name or name:3 for the
 * third visit. Without the variable this does nothing.
 */
const visits = new Map<string, number>();

export function failpoint(name: string): void {
  const wanted = process.env['DOUDI_FAILPOINT'];
  if (wanted === undefined) return;
  const [point, count = '1'] = wanted.split(':');
  if (point !== name) return;
  const visit = (visits.get(name) ?? 0) + 1;
  visits.set(name, visit);
  if (visit === Number(count)) process.kill(process.pid, 'SIGKILL');
}
