"""The style of maps: a palette that colour-blind readers tell apart, and print."""

from typing import Final

# Okabe and Ito (2008): vermilion D55E00 for what was observed, blue 0072B2 for
# what is claimed. Each has its own shape and line as well.
STYLE: Final = (
    ".m text{fill:#20262c}"
    ".m-sea{fill:#f6f5f1}"
    ".m-band{fill:#dcd8cc;fill-opacity:.7}"
    ".m-line{fill:none;stroke:#3f4750;stroke-width:1.6;stroke-dasharray:7 4}"
    ".m-zone{fill:#009e73;fill-opacity:.14;stroke:#00694d;stroke-width:.8}"
    ".m-many{fill:#20262c;fill-opacity:.06}"
    ".m-seen{fill:none;stroke:#00694d;stroke-width:1;stroke-dasharray:1 2.5}"
    ".m-no rect{fill:#ffffff;stroke:#20262c;stroke-width:1.2}"
    ".m-no path{fill:none;stroke:#20262c;stroke-width:1.2}"
    ".m-u{fill:#d55e00;fill-opacity:.13;stroke:#d55e00;stroke-width:1}"
    ".m-uc{fill:none;stroke:#0072b2;stroke-dasharray:3 3}"
    ".m-ob{fill:#d55e00;stroke:#ffffff;stroke-width:1.2}"
    ".m-cl{fill:#ffffff;stroke:#0072b2;stroke-width:2}"
    ".m-dot{fill:#20262c}"
    ".m-ink{fill:#20262c}"
    ".m-bar{fill:none;stroke:#20262c;stroke-width:1.4}"
    ".m-city{font-size:14px;font-weight:600}"
    ".m-town,.m-key{font-size:11px}"
    ".m-n{font-size:11px;font-weight:700}"
    ".m-note{font-size:9.5px}"
    ".m-city,.m-town,.m-n{paint-order:stroke;stroke:#f6f5f1;stroke-width:3px;"
    "stroke-linejoin:round}"
)
#: on a phone only the large labels stay; in the dark, ground and ink change places
STYLE_SCREEN: Final = (
    ".m text{font-family:system-ui,'DejaVu Sans',sans-serif}"
    "@media screen and (max-width:30rem){.m-town,.m-dt{display:none}"
    ".m-city{font-size:21px}.m-n{font-size:15px}}"
    "@media screen and (prefers-color-scheme:dark){.m text{fill:#e8e6e1}"
    ".m-sea{fill:#1b1f24}.m-band{fill:#3a4048}.m-line{stroke:#c9cdd2}"
    ".m-dot,.m-ink,.m-many{fill:#e8e6e1}.m-bar{stroke:#e8e6e1}"
    ".m-zone,.m-seen{stroke:#34c79b}"
    ".m-no rect{fill:#1b1f24;stroke:#e8e6e1}.m-no path{stroke:#e8e6e1}"
    ".m-u,.m-ob{stroke:#ff8a3d}.m-ob{fill:#ff8a3d;stroke:#1b1f24}"
    ".m-uc{stroke:#56b4e9}.m-cl{fill:#1b1f24;stroke:#56b4e9}"
    ".m-city,.m-town,.m-n{stroke:#1b1f24}}"
)
#: the one font with Cyrillic letters that the typesetter carries
STYLE_PAPER: Final = ".m text{font-family:'Libertinus Serif'}"
