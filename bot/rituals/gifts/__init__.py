"""The budget for surprise and delight: gestures, best customers, the yearly round."""
