import { train } from "np-playground";
import "np-playground/element";

globalThis.train = train; // for the test
