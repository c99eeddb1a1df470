"""What a letter must not say, and what it says in a way that its reader cannot follow: checked sentence by sentence."""
