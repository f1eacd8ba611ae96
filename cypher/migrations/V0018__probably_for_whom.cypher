// Who is probably the same as whom is told to those who may see why: made anew at the next start, and not told till then.
MATCH (n:Network)
SET n.stale = true;
