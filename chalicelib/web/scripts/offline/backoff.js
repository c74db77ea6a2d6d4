const [FIRST, LONGEST] = [15 * 1000, 15 * 60 * 1000];

/** How long to wait after so many tries in vain, in milliseconds: longer each time, never less than the server asked for
 * (`after`, in seconds), and spread by `chance` (0 to 1), so that a hall of phones does not come back in one moment. */
export function pause(tries, after, chance) {
  const asked = Math.max(after * 1000, Math.min(LONGEST, FIRST * 2 ** (tries - 1)));
  return Math.round(asked * (1 + chance / 2));
}
