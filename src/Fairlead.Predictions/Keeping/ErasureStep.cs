namespace Fairlead.Predictions.Keeping;

/// <summary>Places in an erasure at which a process may end, beside those of <see cref="KeepingPoint"/>.</summary>
internal enum ErasureStep
{
    /// <summary>The log is compacted; nothing has been looked for.</summary>
    Begun,

    /// <summary>What was found is recorded, nothing is removed.</summary>
    Found,

    /// <summary>The outcomes are removed.</summary>
    OutcomesRemoved,

    /// <summary>One file of predictions is removed or rewritten.</summary>
    FileRemoved,

    /// <summary>Nothing is left in the manifest.</summary>
    Verified,
}
