namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

/// <summary>An event on its way, or that arrived.</summary>
internal sealed record LineageNotice
{
    /// <summary>The id of the event's run and its type: there is one event of each.</summary>
    public required string Key { get; init; }

    /// <summary>The event as JSON; empty once it arrived.</summary>
    public required string Event { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Of the last attempt.</summary>
    public string? Error { get; init; }
}
