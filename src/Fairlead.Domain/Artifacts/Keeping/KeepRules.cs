using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Artifacts.Keeping;

/// <summary>What of runs and datasets is kept although nothing else needs it.</summary>
public sealed record KeepRules
{
    public const int DefaultRuns = 5;
    public const int DefaultDatasetVersions = 10;
    public static readonly TimeSpan DefaultGrace = TimeSpan.FromDays(1);

    /// <summary>Below this, what is being put may not be recorded yet: only while nothing runs.</summary>
    public static readonly TimeSpan SafeGrace = TimeSpan.FromMinutes(15);

    /// <summary>The newest runs of each step and variant: that many that succeeded, and that many that did not.</summary>
    public int Runs { get; init; } = DefaultRuns;

    /// <summary>The newest versions of each dataset.</summary>
    public int DatasetVersions { get; init; } = DefaultDatasetVersions;

    /// <summary>What was put or used within this time is kept.</summary>
    public TimeSpan Grace { get; init; } = DefaultGrace;

    /// <exception cref="FairleadException">Invalid; names what is out of range.</exception>
    public void Validate()
    {
        if (Runs < 1)
            throw FairleadException.Invalid($"To keep '{Runs}' runs of a step is not accepted; keep 1 at least.");
        if (DatasetVersions < 1)
            throw FairleadException.Invalid($"To keep '{DatasetVersions}' versions of a dataset is not accepted; keep 1 at least.");
        if (Grace < TimeSpan.Zero)
            throw FairleadException.Invalid($"A grace of '{Grace}' is not accepted; expected 0s or more.");
    }
}
