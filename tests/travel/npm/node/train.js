import { train } from "np-playground";

const [config, data] = process.argv.slice(2).map((argument) => JSON.parse(argument));
const images = ({ pixels, labels }) => ({ pixels: Uint8Array.from(pixels), labels: Uint8Array.from(labels) });
const given =
  typeof data === "string" ? data : { ...data, train: images(data.train), test: images(data.test) };
const epochs = [];
const result = await train(config, given, {
  onEpoch: ({ runs }) => epochs.push(runs.map(({ history }) => history.epoch.length)),
}).catch(({ code, message, problems }) => ({ code, message, problems }));
console.log(JSON.stringify({ result, epochs }));
