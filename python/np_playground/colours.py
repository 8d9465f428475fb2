"""The page's colours, for plots on a light ground."""

# The hue of each of the paper's rules; its two forms share it, and the plain one is dashed.
COLOURS = {"bp": "#a8437f", "np": "#0b78b8", "inp": "#b3591a", "anp": "#1f7f66"}
COLOURS |= {f"d{rule}": colour for rule, colour in COLOURS.items()}
