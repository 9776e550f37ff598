namespace Fairlead.Predictions.Query;

/// <summary>When the transaction of a statement may begin, by the clock of the database; both inclusive.</summary>
internal readonly record struct StatementTime(DateTime First, DateTime Last)
{
    /// <summary>More than passes until a statement that was checked runs.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(1);

    public static StatementTime Around(DateTime now) => new(now - Slack, now + Slack);

    public bool Contains(DateTime time) => First <= time && time <= Last;
}
