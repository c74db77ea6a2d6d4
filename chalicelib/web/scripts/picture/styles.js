/** How each marked text of a pass is drawn: size in pixels of a picture 1080 wide, weight, colour, space above. */
export const STYLES = {
  title: { size: 60, weight: 800, colour: "#12211f", above: 12 },
  name: { size: 64, weight: 800, colour: "#12211f", above: 20 },
  quiet: { size: 38, weight: 400, colour: "#47605c", above: 12 },
  label: { size: 38, weight: 400, colour: "#47605c", above: 40 },
  text: { size: 40, weight: 400, colour: "#12211f", above: 16 },
  strong: { size: 46, weight: 700, colour: "#12211f", above: 10 },
  zone: { size: 150, weight: 800, colour: "#0c4a4e", above: 6 },
  reference: { size: 72, weight: 800, colour: "#12211f", above: 4 },
};
export const WIDTH = 1080, EDGE = 72, LEADING = 1.3, CODE = 760;
