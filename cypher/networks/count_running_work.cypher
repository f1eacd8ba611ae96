// Whether anything has been at work in a network for longer than so many milliseconds: what a command that was killed
// began may still be written when the next one has the right to write.
//
// mode:    read
// params:  network, longer
// returns: working
SHOW TRANSACTIONS YIELD parameters, elapsedTime
WHERE parameters.network = $network AND elapsedTime.milliseconds > $longer
RETURN count(*) > 0 AS working
