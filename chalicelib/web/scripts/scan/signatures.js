// Ed25519 by the browser where it has it, else by a library that is loaded for it.
import { load } from "./files.js";

function bytes(hex) {
  return new Uint8Array(hex.match(/../g).map((pair) => parseInt(pair, 16)));
}

function byBrowser(key, signature, said) {
  const name = "Ed25519";
  return crypto.subtle.importKey("raw", key, { name }, false, ["verify"])
    .then((read) => crypto.subtle.verify({ name }, read, signature, said));
}

/** Whether the signature was made with the key (in hex); `library` is the address of the other way. */
export function verify(hex, signature, said, library) {
  const key = bytes(hex);
  const otherwise = () => load(library).then(() => self.wsVerify(key, signature, said));
  return self.crypto && crypto.subtle ? byBrowser(key, signature, said).catch(otherwise) : otherwise();
}
