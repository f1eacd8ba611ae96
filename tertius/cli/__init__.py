"""The command line. `app` starts it, `command_table` lists the commands, and each package below has some of them."""
