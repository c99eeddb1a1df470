"""The library of policies: texts on the shelf, their readings and versions, and the criteria in them."""
