namespace Fairlead.Platforms.Local;

/// <summary>Times of the supervisor; the defaults are what <c>fairlead up</c> uses.</summary>
public sealed record HostSupervisorOptions
{
    /// <summary>How often the process is looked at.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How often a healthy host is asked for its status; one that never answered yet is asked at every poll.</summary>
    public TimeSpan ProbeInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Pause before the first restart; it doubles with each crash in a row.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromMilliseconds(200);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Healthy for so long, the host's past crashes are forgotten.</summary>
    public TimeSpan ForgivenAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a host that runs already may take to answer before it is replaced.</summary>
    public TimeSpan AdoptionTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the host may take to end after SIGTERM before SIGKILL.</summary>
    public TimeSpan StopGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The pause before the restart that follows the given crash in a row, from 1.</summary>
    internal TimeSpan PauseAfter(int crashes) =>
        TimeSpan.FromTicks((long)Math.Min(LongestPause.Ticks, FirstPause.Ticks * Math.Pow(2, crashes - 1)));
}
