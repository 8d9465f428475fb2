/** A file of its own, so that only a visitor who chooses fast arithmetic downloads its module. */
export { default as url } from "../../pkg/np_playground_relaxed.wasm?url";
