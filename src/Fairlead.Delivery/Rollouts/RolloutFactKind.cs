namespace Fairlead.Delivery.Rollouts;

/// <summary>What came of an action.</summary>
internal enum RolloutFactKind
{
    Done,

    /// <summary>It cannot be, and trying again does not help.</summary>
    Refused,

    /// <summary>No host answers; what was published stays published.</summary>
    Silent,

    /// <summary>Something else went wrong: the disk, the catalog.</summary>
    Broken,
}
