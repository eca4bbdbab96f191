"""The page in the browser: ``streamlit run app/main.py``.

Worker processes import this file too (as ``__mp_main__``), so nothing happens on import.
"""

SIDEBAR = 360  # pixels


def main() -> None:
    """Set up the page and show it."""
    import streamlit as st

    from app.pages.first import page

    st.set_page_config(page_title="longjiang", layout="wide", initial_sidebar_state=SIDEBAR)
    st.navigation([st.Page(page, title="longjiang", default=True)], position="hidden").run()


if __name__ == "__main__":
    main()
