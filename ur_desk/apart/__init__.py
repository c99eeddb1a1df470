"""Foreign files are read apart: in a process of their own that is bounded and shut in. Makers name their reader, and are handed what it gives."""
