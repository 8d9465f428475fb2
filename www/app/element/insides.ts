// What is done with runs, or closed at first: not needed before there is a run, so it is loaded after the first paint.
import "../chart/layer-chart";
import "../chart/run-table";
import "../inside/covariance";
import "../inside/test-answers";
import "../inside/weights";
import "../storage/kept-list";
import "../controls/overrides";
import "../controls/own-data";
import "../sweep/sweep-grid";
import "../tryit/try-it";
import "../ui/equation";
import "../update/glance";
