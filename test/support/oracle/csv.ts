/** RFC 4180, read one character at a time: no cleverness that a second reader could share. */
export function parseCsv(text: string): string[][] {
  const records: string[][] = [];
  let record: string[] = [];
  let field = '';
  let quoted = false;
  let started = false;
  const endField = (): void => {
    record.push(field);
    field = '';
    started = false;
  };
  const endRecord = (): void => {
    endField();
    // A line without anything on it is no record.
    if (record.length > 1 || record[0] !== '') records.push(record);
    record = [];
  };
  const source = text.startsWith('\uFEFF') ? text.slice(1) : text;
  for (let at = 0; at < source.length; at += 1) {
    const char = source.charAt(at);
    if (quoted) {
      if (char !== '"') field += char;
      else if (source.charAt(at + 1) === '"') {
        field += '"';
        at += 1;
      } else quoted = false;
    } else if (char === '"' && !started) {
      quoted = true;
      started = true;
    } else if (char === ',') endField();
    else if (char === '\n') endRecord();
    else if (char === '\r' && source.charAt(at + 1) === '\n') continue;
    else {
      field += char;
      started = true;
    }
  }
  if (field !== '' || record.length > 0) endRecord();
  return records;
}
