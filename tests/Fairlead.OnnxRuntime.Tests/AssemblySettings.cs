// The tests of memory look at the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
