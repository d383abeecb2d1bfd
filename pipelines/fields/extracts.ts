/** Contracts of the extracts read by the fields in this folder. */
import { assistance } from '../../connectors/civil-affairs/assistance.ts';
import { members } from '../../connectors/civil-affairs/members.ts';
import { facts } from '../../connectors/cross-check/facts.ts';
import { certificates } from '../../connectors/disabled-federation/certificates.ts';
import { certificateNumbers } from '../../connectors/disabled-federation/certificate-numbers.ts';
import { enrolment } from '../../connectors/education/enrolment.ts';
import { employment } from '../../connectors/human-resources/employment.ts';
import { sourceName } from '../../files/extract/contract.ts';
import { settlements } from '../../connectors/medical-insurance/settlements.ts';
import { monitored } from '../../connectors/rural-revitalization/monitored.ts';
import { reports } from '../../connectors/villages/reports.ts';

export const ASSISTANCE = sourceName(assistance);
export const MEMBERS = sourceName(members);
export const MONITORED = sourceName(monitored);
export const ENROLMENT = sourceName(enrolment);
export const SETTLEMENTS = sourceName(settlements);
export const CERTIFICATES = sourceName(certificates);
export const CERTIFICATE_NUMBERS = sourceName(certificateNumbers);
export const EMPLOYMENT = sourceName(employment);
export const FACTS = sourceName(facts);
export const REPORTS = sourceName(reports);
