"""What the benchmarks of fusion share: how a result is scored."""
