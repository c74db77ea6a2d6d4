// Every page of the traveller works without script; each of these makes it kinder.
import { watchAnswers } from "./applying.js";
import { keepWhatIsTyped } from "./languages.js";
import { keepLive, offerPrinting } from "./live.js";
import { saySending } from "./sending.js";

const form = document.getElementById("declaration");
if (form) {
  watchAnswers(form);
  keepWhatIsTyped(form);
}
saySending();
offerPrinting();
keepLive();
