namespace Fairlead.Monitoring.Tests.Drift;

/// <summary>One row, as asked, answered and trained on.</summary>
internal sealed record Flight(string Origin, long Hour, float Distance)
{
    private static readonly string[] Origins = ["ATL", "ORD", "DFW", "LAX", "PHX", "DEN", "IAH", "MSP", "DTW", "SFO"];

    public float[] Vector { get; init; } = [0, 0, 0];

    /// <summary>Null when it is not known.</summary>
    public int? Late { get; init; }

    public static Flight Draw(Random random) => new(Origins[(int)(10 * random.NextDouble() * random.NextDouble())], random.Next(5, 24), (float)Math.Round(100 + (1500 * random.NextDouble() * random.NextDouble()), 1))
    {
        Vector = [random.NextSingle(), random.NextSingle(), random.NextSingle()],
        Late = random.NextDouble() < 0.2 ? 1 : 0,
    };
}
