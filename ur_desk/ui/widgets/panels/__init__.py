"""The panels that slide in above the decision bar: one file a panel, each a form for one verb of the desk."""
