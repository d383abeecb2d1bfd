/** Made by `npm run actions` from the files of this folder: do not edit. A test holds it complete. */
import accept from './accept.ts';
import accept_hand_off from './accept_hand_off.ts';
import aid_first from './aid_first.ts';
import announce from './announce.ts';
import appeal from './appeal.ts';
import appraise from './appraise.ts';
import assign from './assign.ts';
import attempt from './attempt.ts';
import conference from './conference.ts';
import confirm from './confirm.ts';
import county_check from './county_check.ts';
import decline_hand_off from './decline_hand_off.ts';
import dismiss from './dismiss.ts';
import extend from './extend.ts';
import file from './file.ts';
import hand_off from './hand_off.ts';
import inform from './inform.ts';
import means_check from './means_check.ts';
import notify from './notify.ts';
import object from './object.ts';
import overrule from './overrule.ts';
import paperwork from './paperwork.ts';
import post from './post.ts';
import rebut from './rebut.ts';
import recognise from './recognise.ts';
import register from './register.ts';
import reinvestigate from './reinvestigate.ts';
import release from './release.ts';
import review from './review.ts';
import send_back from './send_back.ts';
import sign from './sign.ts';
import spot_check from './spot_check.ts';
import take from './take.ts';
import undo from './undo.ts';
import uphold from './uphold.ts';
import visit from './visit.ts';

export const CASE_ACTIONS = {
  accept,
  accept_hand_off,
  aid_first,
  announce,
  appeal,
  appraise,
  assign,
  attempt,
  conference,
  confirm,
  county_check,
  decline_hand_off,
  dismiss,
  extend,
  file,
  hand_off,
  inform,
  means_check,
  notify,
  object,
  overrule,
  paperwork,
  post,
  rebut,
  recognise,
  register,
  reinvestigate,
  release,
  review,
  send_back,
  sign,
  spot_check,
  take,
  undo,
  uphold,
  visit,
} as const;
