/** Elements that match, as an array. */
export function all(selector, within) {
  return Array.prototype.slice.call((within || document).querySelectorAll(selector));
}
