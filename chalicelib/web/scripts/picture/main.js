// Draws a pass or certificate as a picture, on the phone itself: what the page marks with `data-drawn`, from the top down.
import { laidOut } from "./layout.js";
import { WIDTH } from "./styles.js";

function draw(pen, piece) {
  if (piece.path) {
    pen.setTransform(piece.scale, 0, 0, piece.scale, piece.x, piece.y);
    pen.strokeStyle = "#000000";
    pen.stroke(new Path2D(piece.path));
    pen.setTransform(1, 0, 0, 1, 0, 0);
    return;
  }
  Object.assign(pen, { font: piece.font, fillStyle: piece.colour, direction: piece.direction, textAlign: "center", textBaseline: "middle" });
  piece.lines.forEach((line, place) => pen.fillText(line, WIDTH / 2, piece.y + (place + 0.5) * piece.step));
}

function drawn(within) {
  const board = document.createElement("canvas"), pen = board.getContext("2d");
  const { pieces, height } = laidOut(pen, Array.from(within.querySelectorAll("[data-drawn]")));
  board.width = WIDTH;
  board.height = height;
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, WIDTH, height);
  pieces.forEach((piece) => draw(pen, piece));
  return board;
}

function download(blob, name) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.appendChild(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

/** Save what `within` shows under `name`; resolves to its address, for phones whose browser saves nothing by itself. */
function save(within, name) {
  const board = drawn(within);
  return new Promise((done, failed) => {
    board.toBlob((blob) => {
      if (!blob) return failed(new Error("no picture"));
      download(blob, name);
      return done({ address: board.toDataURL("image/png") });
    }, "image/png");
  });
}

window.waystationPicture = { save };
