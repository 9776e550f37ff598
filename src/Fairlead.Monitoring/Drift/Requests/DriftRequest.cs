using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Drift.Requests;

/// <summary>What is to be compared.</summary>
public sealed record DriftRequest
{
    private const int MostPeriods = 120;
    public static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(7);

    public required string Service { get; init; }

    public required string Environment { get; init; }

    /// <summary>How long before <see cref="Until"/>, unless <see cref="Since"/> says from when.</summary>
    public TimeSpan Window { get; init; } = DefaultWindow;

    /// <summary>Inclusive.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Exclusive; null for now.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Cuts the time into periods that are compared each.</summary>
    public DriftStride? Every { get; init; }

    /// <summary>Empty for the training data and the time before; of several periods for the training data, or the first of them.</summary>
    public IReadOnlyList<DriftAgainst> Against { get; init; } = [];

    /// <summary>The field by whose values drift is taken apart; null for those that suit.</summary>
    public string? By { get; init; }

    /// <summary>Of Benjamini and Hochberg, 0 to 1.</summary>
    public double Level { get; init; } = 0.01;

    /// <summary>Effects below it are not called drift, however sure they are.</summary>
    public double LeastEffect { get; init; } = 0.05;

    /// <summary>Effects from it on are strong.</summary>
    public double StrongEffect { get; init; } = 0.5;

    /// <summary>How far back of the window it is looked since when a field drifts.</summary>
    public TimeSpan LookBack { get; init; } = TimeSpan.FromDays(28);

    /// <summary>Of the database.</summary>
    public int Threads { get; init; } = 2;

    /// <summary>The periods, oldest first.</summary>
    /// <exception cref="FairleadException">Invalid: there are none, or too many.</exception>
    public IReadOnlyList<DriftPeriod> Periods(DateTimeOffset now)
    {
        var until = Until ?? now;
        var since = Since ?? until - Window;
        if (since >= until)
            throw FairleadException.Invalid($"The time from '{since:u}' to '{until:u}' is empty; give a beginning before its end.");
        if (Every is not { } stride)
            return [new DriftPeriod(Describe(since, until), since, until)];
        var periods = new List<DriftPeriod>();
        for (var (start, end) = (since, Next(since, stride)); start < until; (start, end) = (end, Next(end, stride)))
        {
            periods.Add(new DriftPeriod(start.ToString(stride == DriftStride.Month ? "yyyy-MM" : "yyyy-MM-dd"), start, end < until ? end : until));
            if (periods.Count > MostPeriods)
                throw FairleadException.Invalid($"From '{since:u}' to '{until:u}' there are more than {MostPeriods} periods; take longer ones, or a shorter time.");
        }

        return periods;
    }

    private static DateTimeOffset Next(DateTimeOffset start, DriftStride stride)
    {
        var day = new DateTimeOffset(start.UtcDateTime.Date, TimeSpan.Zero);
        return stride switch
        {
            DriftStride.Day => day.AddDays(1),
            DriftStride.Week => day.AddDays(7 - (((int)day.DayOfWeek + 6) % 7)),
            _ => new DateTimeOffset(day.Year, day.Month, 1, 0, 0, 0, TimeSpan.Zero).AddMonths(1),
        };
    }

    private static string Describe(DateTimeOffset since, DateTimeOffset until) =>
        since.TimeOfDay == TimeSpan.Zero && until.TimeOfDay == TimeSpan.Zero ? $"{since:yyyy-MM-dd}..{until:yyyy-MM-dd}" : $"{since:yyyy-MM-dd HH:mm}..{until:yyyy-MM-dd HH:mm}";
}
