/** What somebody is told that would be read. */
export const READABLE_WORKBOOK = 'an .xlsx workbook without password or macros';
