const asked = {};

/** Loads a script of ours once, when it is first needed; rejects when it cannot be had. */
export function load(address) {
  asked[address] = asked[address] || new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = () => {
      delete asked[address];
      failed(new Error(address));
    };
    document.head.appendChild(script);
  });
  return asked[address];
}
