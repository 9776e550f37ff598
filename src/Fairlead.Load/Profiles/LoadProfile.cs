using Fairlead.Domain.Problems;

namespace Fairlead.Load.Profiles;

/// <summary>
/// How many requests are due over time, as a function that rises from 0, and its inverse: when the n-th is due. Nothing else decides
/// when a request is sent, least of all the answers.
/// </summary>
public abstract record LoadProfile
{
    public const double MaxRate = 1_000_000;
    public static readonly TimeSpan MaxDuration = TimeSpan.FromHours(24);

    /// <param name="rate">Requests per second, above 0 and at most <see cref="MaxRate"/>.</param>
    /// <param name="duration">Above 0 and at most <see cref="MaxDuration"/>.</param>
    /// <exception cref="FairleadException">Invalid.</exception>
    private protected LoadProfile(double rate, TimeSpan duration)
    {
        if (rate is not (> 0 and <= MaxRate))
            throw FairleadException.Invalid($"The rate '{rate}' is not accepted; expected more than 0 and at most {MaxRate:N0} requests per second.");
        if (duration <= TimeSpan.Zero || duration > MaxDuration)
            throw FairleadException.Invalid($"The duration '{duration}' is not accepted; expected more than 0 seconds and at most {MaxDuration.TotalHours} hours.");
        Rate = rate;
        Duration = duration;
    }

    /// <summary>Requests per second; what it means depends on the profile.</summary>
    public double Rate { get; }

    public TimeSpan Duration { get; }

    public abstract string Name { get; }

    /// <summary>Requests per second before the profile begins, while what is sent does not count yet.</summary>
    internal virtual double WarmupRate => Rate;

    /// <summary>Requests that are due in all.</summary>
    internal double Total => DueBy(Duration.TotalSeconds);

    /// <param name="seconds">From the profile's begin, up to its duration.</param>
    internal abstract double DueBy(double seconds);

    /// <summary>The time in seconds at which so many requests are due: the inverse of <see cref="DueBy"/>.</summary>
    /// <param name="requests">From 0 to <see cref="Total"/>.</param>
    internal abstract double TimeOf(double requests);

    /// <summary>Requests per second that are due at a time.</summary>
    internal abstract double RateAt(double seconds);
}
