"""Brings an element of the page into view. The scripts are constants: no text of an article or a user enters them."""

from typing import Literal, get_args

import streamlit as st

Place = Literal["cited", "newest", "report"]

# The page is drawn in steps and Streamlit scrolls a chat to its end by itself: wait for the element, then hold on for a
# while, unless the user begins to scroll.
_SCRIPT = """<script>
(() => {
  let seen = 0, tries = 0, mine = false;
  const yielding = ["wheel", "touchmove", "keydown", "pointerdown"];
  const stop = () => { mine = true; };
  yielding.forEach(kind => addEventListener(kind, stop, {once: true, passive: true, capture: true}));
  const look = () => {
    const place = document.getElementById("PLACE");
    if (place && !mine) {
      (place.querySelector("mark") || place).scrollIntoView({block: "ALIGN"});
      seen += 1;
    }
    if (++tries < 90 && seen < 30 && !mine) setTimeout(look, 50);
  };
  look();
})();
</script>"""
_ALIGN = {"cited": "center", "newest": "start", "report": "center"}


def into_view(place: Place) -> None:
    """Scroll to the element with this id, once for each time the page is drawn anew."""
    st.html(_script(place), unsafe_allow_javascript=True)


def scripts() -> list[str]:
    """Return all that ``into_view`` puts into pages."""
    return [_script(place) for place in get_args(Place)]


def _script(place: Place) -> str:
    return _SCRIPT.replace("PLACE", place).replace("ALIGN", _ALIGN[place])
