"""The path of a new colleague: a step a day by direct message, private reflections, and an end that they choose."""
