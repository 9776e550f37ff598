namespace Fairlead.Statistics.Tests.Experiments;

/// <summary>Seeded draws, one generator for each run so that runs do not depend on their number.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random random = new(seed);

    public double Normal()
    {
        // 1 - x is never 0.
        var radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
        return radius * Math.Cos(2 * Math.PI * random.NextDouble());
    }

    public double LogNormal() => Math.Exp(Normal());

    public double Bernoulli(double probability) => random.NextDouble() < probability ? 1 : 0;

    public bool IsTreatment(double share) => random.NextDouble() < share;

    /// <summary>How many of some units fall to the first of two arms.</summary>
    public int Split(int units, double share)
    {
        var first = 0;
        for (var i = 0; i < units; i++)
            first += random.NextDouble() < share ? 1 : 0;
        return first;
    }
}
