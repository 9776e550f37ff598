using System.Globalization;

namespace Fairlead.Domain.Scheduling;

/// <summary>When an environment may change: in any of its windows (always, when there are none), and in no freeze.</summary>
public sealed record DeployCalendar(IReadOnlyList<DeployWindow> Windows, IReadOnlyList<Freeze> Freezes)
{
    /// <summary>Days that are searched for the next opening.</summary>
    private const int Horizon = 400;

    public static DeployCalendar Always { get; } = new([], []);

    public bool IsOpen(DateTimeOffset moment) => FreezeAt(moment) is null && IsInWindow(moment);

    public Freeze? FreezeAt(DateTimeOffset moment) => Freezes.FirstOrDefault(freeze => freeze.Holds(moment));

    /// <summary>The first moment, from the given one on, at which it may change; null when there is none within 400 days.</summary>
    public DateTimeOffset? NextOpening(DateTimeOffset moment)
    {
        if (IsOpen(moment))
            return moment;
        var openings = Windows.SelectMany(window => window.Beginnings(moment, Horizon)).Concat(Freezes.Select(freeze => freeze.Until));
        return openings.Where(opening => opening > moment && IsOpen(opening)).Order().Select(opening => (DateTimeOffset?)opening).FirstOrDefault();
    }

    /// <summary>The first moment after the given one, at which it may change, when it no longer may; null when that is not within 400 days.</summary>
    public DateTimeOffset? NextClosing(DateTimeOffset moment)
    {
        var closings = Windows.SelectMany(window => window.Ends(moment, Horizon)).Concat(Freezes.Select(freeze => freeze.From));
        return closings.Where(closing => closing > moment && !IsOpen(closing)).Order().Select(closing => (DateTimeOffset?)closing).FirstOrDefault();
    }

    /// <summary>A sentence that says why it may not change at the moment, and when it may again; null when it may.</summary>
    public string? WhyClosed(string environment, DateTimeOffset moment)
    {
        if (IsOpen(moment))
            return null;
        var next = NextOpening(moment) is { } opening ? $"It opens at {opening.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)} UTC" : "It does not open within 400 days";
        return FreezeAt(moment) is { } freeze
            ? $"'{environment}' is frozen by '{freeze.Name}' ({freeze.Reason}). {next}."
            : $"'{environment}' changes only in its windows ({string.Join("; ", Windows)}). {next}.";
    }

    private bool IsInWindow(DateTimeOffset moment) => Windows.Count == 0 || Windows.Any(window => window.IsOpen(moment));
}
