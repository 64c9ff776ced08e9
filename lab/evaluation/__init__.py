"""Quality, measured on data that nothing was trained on."""
