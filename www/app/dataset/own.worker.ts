import { workerHost } from "../contract/thread";
import { serve } from "./own-thread";

serve(workerHost());
