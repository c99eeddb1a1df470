"""The clock of a case: dated rules, what bends it, and what it says now."""
