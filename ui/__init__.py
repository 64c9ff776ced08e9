"""The page: Streamlit views over :mod:`nlp`, and one component that shows and copies text."""
