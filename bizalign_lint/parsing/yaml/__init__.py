"""Reading YAML 1.2 core: a fast path and an exact path that agree, and places in the text."""
