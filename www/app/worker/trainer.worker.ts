import { workerHost } from "../contract/thread";
import { serve } from "./trainer-thread";

serve(workerHost());
