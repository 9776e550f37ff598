namespace Fairlead.Predictions.Keeping;

/// <summary>Which files are too small, and how large merged ones may become.</summary>
internal sealed record MergeOptions
{
    public static readonly MergeOptions Default = new();

    /// <summary>A file of that size is left alone.</summary>
    public long HealthyBytes { get; init; } = 128L << 20;

    /// <summary>A file of so many rows likewise.</summary>
    public long HealthyRows { get; init; } = 2_500_000;

    /// <summary>Bytes that are merged into one file at most; likewise rows, twice those of a healthy file.</summary>
    public long MostBytes => 2 * HealthyBytes;

    public long MostRows => 2 * HealthyRows;

    /// <summary>So many files of about one size become one of the next: each row is written anew once for each size.</summary>
    public int FanIn { get; init; } = 8;

    /// <summary>Upper bound of the smallest size; each next one is as many times larger as the fan-in says.</summary>
    public long SmallestBytes { get; init; } = 512L << 10;

    /// <summary>A day is over when it ended that long ago and nothing was added to it for as long: then its small files become as few as possible.</summary>
    public TimeSpan Rest { get; init; } = TimeSpan.FromHours(1);
}
