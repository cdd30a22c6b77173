"""Files to values and values to files; every problem with its file, line, record and field."""
