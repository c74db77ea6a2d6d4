// Reads a JSON list of texts, and writes what the provider's own calculator makes of each.
const { SegmentedMessage } = require("sms-segments-calculator");

let given = "";
process.stdin.setEncoding("utf8");
process.stdin.on("data", (part) => { given += part; });
process.stdin.on("end", () => {
  const counted = JSON.parse(given).map((text) => {
    const message = new SegmentedMessage(text);
    return [message.encodingName, message.segmentsCount];
  });
  process.stdout.write(JSON.stringify(counted));
});
