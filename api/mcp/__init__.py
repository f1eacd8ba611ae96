"""The tools of the Model Context Protocol, through which an assistant reads answers for one member."""
