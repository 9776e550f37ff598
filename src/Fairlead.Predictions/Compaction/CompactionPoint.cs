namespace Fairlead.Predictions.Compaction;

/// <summary>Places between two effects of a compaction, at which a process may end.</summary>
internal enum CompactionPoint
{
    /// <summary>The records are in memory.</summary>
    Read,

    /// <summary>The files are in place, the manifest does not list them.</summary>
    Written,

    /// <summary>The manifest lists them, the segment is still there.</summary>
    Listed,

    /// <summary>The segment is gone.</summary>
    Deleted,
}
