// Keeps the phones up to date and sends replies without a reload. The page works without it.
"use strict";

const PAUSE = 700;
const row = document.querySelector(".phones");
const empty = document.querySelector(".empty");
const told = document.getElementById("status");
const filter = document.body.dataset.to;
let rev = Number(document.body.dataset.rev);
let timer = 0;

function drawn(html) {
  return document.createRange().createContextualFragment(html).firstElementChild;
}

function toEnd(phone) {
  const log = phone.querySelector(".log");
  log.scrollTop = log.scrollHeight;
}

// Texts are exchanged one by one, so that a reply being typed, the focus and a reader's place all stay.
function brought(phone, fresh) {
  phone.querySelector("header").replaceWith(fresh.querySelector("header"));
  const list = phone.querySelector("ol");
  for (const text of fresh.querySelectorAll("ol > li")) {
    const old = document.getElementById(text.id);
    if (!old) {
      text.classList.add("fresh");
      list.append(text);
      toEnd(phone);
    } else if (old.innerHTML !== text.innerHTML) {
      old.replaceChildren(...text.childNodes);
    }
  }
}

function show(phones) {
  for (const { id, html } of phones.reverse()) {
    const phone = document.getElementById(id);
    if (phone) {
      brought(phone, drawn(html));
    } else {
      row.prepend(drawn(html));
      toEnd(document.getElementById(id));
    }
  }
  empty.hidden = row.childElementCount > 0;
}

async function update() {
  clearTimeout(timer);
  try {
    const answer = await fetch(`/phones?${new URLSearchParams({ since: rev, to: filter })}`);
    const news = await answer.json();
    // The simulator may have begun anew with an empty file.
    if (news.rev < rev) location.reload();
    rev = news.rev;
    show(news.phones);
    told.textContent = "";
  } catch {
    told.textContent = "The simulator does not answer. Trying again.";
  }
  clearTimeout(timer);
  timer = setTimeout(update, PAUSE);
}

async function reply(event) {
  const form = event.target.closest(".reply, .new");
  if (!form) return;
  event.preventDefault();
  const answer = await fetch(form.action, {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams(new FormData(form)),
  }).catch(() => null);
  if (!answer?.ok) {
    told.textContent = answer ? (await answer.json()).message : "The simulator does not answer.";
    return;
  }
  for (const field of form.querySelectorAll("input:not([type=hidden])")) field.value = "";
  await update();
}

document.addEventListener("submit", reply);
document.querySelectorAll(".phone").forEach(toEnd);
timer = setTimeout(update, PAUSE);
