using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Spaces;

namespace Fairlead.Sweeps.Searching;

/// <summary>What a search knows beforehand.</summary>
internal sealed record SearchPlan
{
    public required SearchSpace Space { get; init; }

    public required SweepGoal Goal { get; init; }

    /// <summary>Null: as many as the search takes.</summary>
    public int? Trials { get; init; }

    public int Parallel { get; init; } = 1;

    public ulong Seed { get; init; }

    /// <summary>For searches that have one.</summary>
    public BudgetRange? Budget { get; init; }

    /// <summary>Negative when the value is better the larger it is, so that less is always better.</summary>
    public double Loss(double value) => Goal == SweepGoal.Minimize ? value : -value;
}
