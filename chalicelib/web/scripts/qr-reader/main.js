// Reads QR codes where the browser has no detector of its own; loaded with the first picture of a camera.
import decodeQR from "qr/decode.js";

/** The text of the code in a picture ({width, height, data}), or nothing. */
self.wsReadCode = (picture) => {
  try {
    return decodeQR(picture);
  } catch {
    return ""; // No code in this picture: the next one may have it.
  }
};
