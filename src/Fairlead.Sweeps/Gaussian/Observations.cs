namespace Fairlead.Sweeps.Gaussian;

/// <summary>What a process learns from.</summary>
/// <param name="Points">A row each.</param>
/// <param name="Values">With a mean of about 0 and a variance of about 1.</param>
/// <param name="Groups">For each column, which of the scales is its own: columns of one parameter share theirs.</param>
internal sealed record Observations(IReadOnlyList<double[]> Points, double[] Values, int[] Groups)
{
    public int Count => Points.Count;

    public int Scales { get; } = Groups.Length == 0 ? 0 : Groups.Max() + 1;
}
