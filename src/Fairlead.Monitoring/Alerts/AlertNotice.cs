namespace Fairlead.Monitoring.Alerts;

/// <summary>A message on its way, or that arrived.</summary>
public sealed record AlertNotice
{
    public required AlertMessage Message { get; init; }

    public required AlertNoticeStatus Status { get; init; }

    public int Attempts { get; init; }

    /// <summary>Not before.</summary>
    public required DateTimeOffset NextAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Of the last attempt.</summary>
    public string? Error { get; init; }
}
