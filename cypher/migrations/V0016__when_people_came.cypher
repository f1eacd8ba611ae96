// Since when a source has told of somebody is kept by the row from now on. Of those who were there before nobody knows it:
// they count from the network's day as it is now.
MATCH (n:Network)
SET n.obtained = n.as_of;
