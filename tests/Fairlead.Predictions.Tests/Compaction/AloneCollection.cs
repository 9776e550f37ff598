namespace Fairlead.Predictions.Tests.Compaction;

/// <summary>Tests that look at the threads of the whole process: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
