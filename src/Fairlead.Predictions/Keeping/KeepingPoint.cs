namespace Fairlead.Predictions.Keeping;

/// <summary>Places between two effects of a change of files, at which a process may end.</summary>
internal enum KeepingPoint
{
    /// <summary>The new files are on the disk under hidden names, the manifest does not know them.</summary>
    Written,

    /// <summary>The manifest lists the new files; the old ones are still there.</summary>
    Switched,

    /// <summary>The old files are gone.</summary>
    Deleted,

    /// <summary>The new files have their names, and their hidden ones.</summary>
    Shown,

    /// <summary>The manifest says so.</summary>
    Settled,
}
