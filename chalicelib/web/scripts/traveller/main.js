// Every page of the traveller works without script; each of these makes it kinder.
import { watchAnswers } from "./applying.js";
import { dropOld, dropSent } from "./draft.js";
import { helpLater, helpOffline, helpWhoComesNear } from "./helping.js";
import { offerItems } from "./items.js";
import { keepWhatIsTyped } from "./languages.js";
import { leaveHonestly } from "./leaving.js";
import { keepMode } from "./modes.js";
import { offerPrinting } from "./printing.js";
import { forgetWithDraft, keepTyped } from "./saving.js";
import { saySending } from "./sending.js";
import { dropSteps, goInSteps } from "./steps.js";

dropOld();
if (document.querySelector("[data-receipt]")) dropSent();
dropSteps();
const form = document.getElementById("declaration");
keepMode(form);
if (form && form.dataset.draft) forgetWithDraft(form);
if (form && form.dataset.kept) {
  watchAnswers(form);
  offerItems(form);
  keepTyped(form);
  goInSteps(form);
  keepWhatIsTyped(form);
  helpWhoComesNear(form);
  helpLater(form);
} else if (form && form.dataset.draft) leaveHonestly(form);
saySending();
offerPrinting();
helpOffline(form);
