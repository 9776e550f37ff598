using Fairlead.Sweeps.Spaces;

namespace Fairlead.Sweeps.Searching;

/// <summary>The parameter that says how much a trial may spend.</summary>
/// <param name="Low">What trials begin with at least; above 0.</param>
/// <param name="Eta">At least 2.</param>
internal sealed record BudgetRange(SweptParameter Parameter, double Low, double High, int Eta)
{
    /// <summary>How often a budget may be multiplied on the way from the least to the most.</summary>
    // Without the grain of salt, 27 is not quite the third power of 3.
    public int Steps => (int)Math.Floor((Math.Log(High / Low) / Math.Log(Eta)) + 1e-9);

    /// <summary>The budgets of a bracket, ascending; the last is the most.</summary>
    /// <param name="steps">How often it is multiplied.</param>
    public IReadOnlyList<double> Ladder(int steps) => [.. Enumerable.Range(0, steps + 1).Select(rung => High / Math.Pow(Eta, steps - rung))];
}
