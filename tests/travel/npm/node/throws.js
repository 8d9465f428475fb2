import { train } from "np-playground";

const [config, data] = process.argv.slice(2).map((argument) => JSON.parse(argument));
const onEpoch = () => {
  throw new Error("enough");
};
await train(config, data, { onEpoch }).catch(({ message }) => console.log(message));
