"""All data of one organizer as a file of JSON lines, made in the background for an administrator of the platform, handed out once."""
