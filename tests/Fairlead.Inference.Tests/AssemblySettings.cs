// The tests of allocation and disposal are easier to read when nothing else runs.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
