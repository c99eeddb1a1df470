"""What is kept and what can speak against it: checkpoints, witnesses, backups and purges."""
