namespace Fairlead.Testing;

/// <summary>How long a campaign of random cases is: a seeded slice in every run, the whole of it with <c>./test --long</c>.</summary>
internal static class Campaign
{
    private const string Switch = "FAIRLEAD_LONG_TESTS";

    public static bool IsLong { get; } = Environment.GetEnvironmentVariable(Switch) == "1";

    /// <param name="slice">Rounds in every run.</param>
    /// <param name="whole">Rounds of the long campaign, which begins with the slice's.</param>
    public static int Rounds(int slice, int whole) => IsLong ? whole : slice;
}
