namespace Fairlead.Sweeps.Orders;

/// <summary>What somebody wants to have tried, in the form in which it is typed.</summary>
public sealed record SweepOrder
{
    public const string DefaultSearch = "random";
    public const int DefaultTrials = 20;
    public const int DefaultEta = 3;

    /// <summary>The step whose parameters are tried, as the project names it.</summary>
    public required string Step { get; init; }

    /// <summary>A parameter and its range each: <c>l2=log:1e-4..1</c>, <c>factors=8,16,32</c>, <c>size=int:4..64</c>; <c>evaluate.threshold=…</c> for one of another step.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    /// <summary>The metric that is judged, with its step: <c>evaluate.auc</c>; without one it is the tried step's.</summary>
    public required string Objective { get; init; }

    public required SweepGoal Goal { get; init; }

    /// <summary><c>grid</c>, <c>random</c>, <c>halving</c>, <c>hyperband</c> or <c>bayes</c>.</summary>
    public string Search { get; init; } = DefaultSearch;

    /// <summary>Trials at most; for <c>halving</c>, those of the first round. Null: what the search is usually given.</summary>
    public int? Trials { get; init; }

    /// <summary>Trials that are under way at the same time. Part of what a Bayesian search proposes, since it knows nothing of those.</summary>
    public int Parallel { get; init; } = 1;

    /// <summary>The same seed and the same order try the same values.</summary>
    public long Seed { get; init; }

    /// <summary>For <c>halving</c> and <c>hyperband</c>: the parameter that says how much a trial may spend, and from how much to how much: <c>epochs=1..27</c>.</summary>
    public string? Budget { get; init; }

    /// <summary>One of so many goes on to the next budget, which is so many times as large.</summary>
    public int Eta { get; init; } = DefaultEta;

    public required string User { get; init; }
}
