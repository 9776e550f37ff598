namespace Fairlead.Steps;

/// <summary>What somebody wants to have run.</summary>
public sealed record RunOrder
{
    /// <summary>Names of steps; what they need is run too. Empty means all steps.</summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>True: a failing step stops only what depends on it. False: after a failure no further step begins.</summary>
    public bool KeepGoing { get; init; } = true;

    /// <summary>Who is recorded as having started the runs.</summary>
    public required string User { get; init; }
}
