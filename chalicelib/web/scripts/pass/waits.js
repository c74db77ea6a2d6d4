const USUAL = 60000, LONGEST = 15 * 60000, SPREAD = 0.2;

/** Milliseconds until the next asking, after so many failures in a row; `chance` (0 to 1) keeps a full hall out of step. */
export function wait(failures, chance) {
  return Math.min(USUAL * Math.pow(2, failures), LONGEST) * (1 + SPREAD * (chance - 0.5));
}
