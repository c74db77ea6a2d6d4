// Makes what is shown equal to a fresh copy and touches nothing that is equal already: focus, a choice of text and an
// opened explanation stay. What an element with `data-own` holds belongs to the page.
const WORDS = 3;

function key(node) {
  return node.nodeType === Node.ELEMENT_NODE ? `${node.nodeName} ${node.id} ${node.classList[0] || ""}` : node.nodeName;
}

/** The shown node that a fresh one renews, from `from` on. Words are only ever the very next. */
function counterpart(from, fresh) {
  let node = from;
  while (node && key(node) !== key(fresh)) node = fresh.nodeType === Node.ELEMENT_NODE ? node.nextSibling : null;
  return node;
}

function renewAttributes(shown, fresh) {
  Array.from(shown.attributes).forEach(({ name }) => {
    if (!fresh.hasAttribute(name) && name !== "open") shown.removeAttribute(name);
  });
  Array.from(fresh.attributes).forEach(({ name, value }) => {
    if (shown.getAttribute(name) !== value) shown.setAttribute(name, value);
  });
}

function removeUntil(parent, from, until) {
  let node = from;
  while (node !== until) {
    const next = node.nextSibling;
    parent.removeChild(node);
    node = next;
  }
}

function renewChildren(shown, fresh) {
  let at = shown.firstChild;
  Array.from(fresh.childNodes).forEach((wanted) => {
    const found = counterpart(at, wanted);
    if (!found) {
      shown.insertBefore(document.importNode(wanted, true), at);
      return;
    }
    removeUntil(shown, at, found);
    renew(found, wanted);
    at = found.nextSibling;
  });
  removeUntil(shown, at, null);
}

/** Make `shown` say what `fresh` says. */
export function renew(shown, fresh) {
  if (shown.isEqualNode(fresh)) return;
  if (shown.nodeType === WORDS) {
    shown.data = fresh.data;
  } else if (shown.nodeType === Node.ELEMENT_NODE && !(shown.hasAttribute("data-own") && fresh.hasAttribute("data-own"))) {
    renewAttributes(shown, fresh);
    renewChildren(shown, fresh);
  }
}
