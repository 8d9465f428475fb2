// The page that others show in a frame: what its address asks for, what every page does, and its talk with the page around.
import "./frame-attributes";
import "./main";
import "./frame-messages";
