"""Making what ships ready-made: the learned heads and the vectors of the shipped knowledge."""
