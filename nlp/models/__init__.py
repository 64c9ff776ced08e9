"""The models: what exists, where it is, how it is unpacked and loaded."""
