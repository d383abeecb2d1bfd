/** Extracts that the fields beside this file read. */
export const ASSISTANCE = 'civil-affairs/assistance';
export const MEMBERS = 'civil-affairs/members';
export const MONITORED = 'rural-revitalization/monitored';
export const ENROLMENT = 'education/enrolment';
export const SETTLEMENTS = 'medical-insurance/settlements';
export const INSURED = 'medical-insurance/insured';
export const CERTIFICATES = 'disabled-federation/certificates';
export const EMPLOYMENT = 'human-resources/employment';
export const FACTS = 'cross-check/facts';
export const AFFECTED = 'emergency/affected';
export const REPORTS = 'villages/reports';
