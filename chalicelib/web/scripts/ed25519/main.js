// Checks signatures where the browser has no Ed25519 of its own, or no secure context to use it in.
import nacl from "tweetnacl";

const ORDER = [237, 211, 245, 92, 26, 99, 18, 88, 214, 156, 247, 162, 222, 249, 222, 20].concat(new Array(15).fill(0), 16);

// A signature has one spelling: its number is below the order of the group, which this library leaves to its caller.
function isReduced(signature) {
  for (let place = 31; place >= 0; place -= 1) {
    if (signature[32 + place] !== ORDER[place]) return signature[32 + place] < ORDER[place];
  }
  return false;
}

/** Whether `signature` (64 bytes) of `said` was made with the key. */
self.wsVerify = (key, signature, said) => isReduced(signature) && nacl.sign.detached.verify(said, signature, key);
