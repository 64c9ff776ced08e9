"""Entrefilet's page: set-up and routing. ``streamlit run app.py``, or ``python -m nlp serve``."""

from pathlib import Path

import streamlit as st

from ui import article, library, missing, models, session

UI = Path(__file__).parent / "ui"


def main() -> None:
    """Show the library, and beside it the selected article or, without one, the welcome."""
    st.set_page_config(page_title="Entrefilet", page_icon=str(UI / "icon.svg"), layout="wide")
    st.html(UI / "page.css")
    texts = session.texts()
    desk = session.desk()
    missing.catch_up(desk)
    job = session.selected(desk)
    with st.sidebar:
        library.show(desk, job.key if job else None, texts)
    models.show(texts)
    if job is None:
        article.welcome(texts)
    else:
        article.show(desk, job, texts)


main()
