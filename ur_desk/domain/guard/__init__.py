"""Who may come in and what they may see: vault, lock, roles and restricted cases."""
