/** Accepted workbook formats, for messages. */
export const READABLE_WORKBOOK = 'an .xlsx workbook without password or macros';
