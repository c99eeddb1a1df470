"""What a letter says, sentence by sentence, and which elements it must hold."""
