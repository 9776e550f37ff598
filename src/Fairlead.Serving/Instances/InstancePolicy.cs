namespace Fairlead.Serving.Instances;

/// <summary>The times and counts by which an instance is judged.</summary>
internal sealed record InstancePolicy
{
    public static readonly InstancePolicy Default = new();

    /// <summary>Pause before the first restart; it doubles with each end in a row.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Well for so long, past ends and ejections are forgotten.</summary>
    public TimeSpan ForgivenAfter { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Checks that fail in a row until it takes no more requests.</summary>
    public int ChecksToEject { get; init; } = 2;

    /// <summary>Checks that fail in a row until it is ended and started again.</summary>
    public int ChecksToEnd { get; init; } = 6;

    /// <summary>Ends before the first well moment that a server group's start survives.</summary>
    public int EndsToGiveUp { get; init; } = 3;

    /// <summary>How long it is kept out for the answers that it gave; it doubles with each time in a row.</summary>
    public TimeSpan FirstEjection { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestEjection { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Requests in a row that it did not answer, or not to the end, until it is ejected.</summary>
    public int FailuresToEject { get; init; } = 5;

    /// <summary>Answers between two checks that make a rate.</summary>
    public int LeastAnswers { get; init; } = 20;

    /// <summary>Share of answers from 500 up by which it is ejected, inclusive.</summary>
    public double ErrorRate { get; init; } = 0.5;

    /// <summary>How often an instance that is not ready is asked; an instance that is ready is asked as its service says.</summary>
    public TimeSpan ProbePause { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <param name="times">In a row, from 1.</param>
    /// <param name="jitter">0 to 1: takes off up to a half, so that instances that ended together do not start together.</param>
    public TimeSpan PauseAfter(int times, double jitter) => Grow(FirstPause, LongestPause, times) * (1 - (jitter / 2));

    /// <param name="times">In a row, from 1.</param>
    public TimeSpan EjectionOf(int times) => Grow(FirstEjection, LongestEjection, times);

    private static TimeSpan Grow(TimeSpan first, TimeSpan longest, int times) =>
        TimeSpan.FromTicks((long)Math.Min(longest.Ticks, first.Ticks * Math.Pow(2, times - 1)));
}
