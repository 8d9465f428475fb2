"""The page's colours, for plots on a light ground."""

# The hue of each rule, which its two forms share: the plain one is dashed.
_HUES = {
    ("bp", "dbp"): "#a8437f",
    ("np", "dnp"): "#0b78b8",
    ("inp", "dinp"): "#b3591a",
    ("anp", "danp"): "#1f7f66",
    ("wp", "dwp"): "#455500",
    ("fg", "dfg"): "#483e90",
    ("fa", "d-fa"): "#005b60",
    ("direct_fa", "d-direct_fa"): "#7b52a4",
}
COLOURS = {name: hue for names, hue in _HUES.items() for name in names}
