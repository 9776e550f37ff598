namespace Fairlead.Predictions.Query.Workers;

/// <summary>Why a worker was ended.</summary>
internal enum WorkerEnd
{
    /// <summary>It was not: it ended itself, or somebody else did.</summary>
    None,

    /// <summary>It had more memory than it may have.</summary>
    Memory,

    /// <summary>It did not end a cancelled statement, or sent what nobody can read.</summary>
    Unresponsive,

    /// <summary>Nobody needs it any more.</summary>
    Retired,
}
