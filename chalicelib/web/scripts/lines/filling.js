// Answers put into the boxes of the form, whatever their kind, as if a hand had typed them.
function changed(box) {
  ["input", "change"].forEach((kind) => box.dispatchEvent(new Event(kind, { bubbles: true })));
}

function choose(boxes, value) {
  const wanted = boxes.find((box) => box.value === value);
  if (!wanted) return;
  wanted.checked = true;
  changed(wanted);
}

function put(boxes, value) {
  if (!boxes.length) return;
  if (boxes[0].type === "radio") return void choose(boxes, value);
  boxes[0].value = value;
  changed(boxes[0]);
}

function putDate(named, name, iso) {
  const parts = iso.split("-");
  ["year", "month", "day"].forEach((part, index) => put(named(`${name}.${part}`), String(Number(parts[index]))));
}

/** `path` is empty, or a companion's such as `companions.0`. */
export function fillIn(form, path, answers) {
  const named = (name) => Array.from(form.elements).filter((box) => box.name === name);
  Object.keys(answers).forEach((question) => {
    const name = path ? `${path}.${question}` : question;
    if (named(`${name}.year`).length) putDate(named, name, answers[question]);
    else put(named(name), answers[question]);
  });
}
