namespace Fairlead.Domain.Notices;

/// <summary>A message on its way to one channel, or that arrived.</summary>
public sealed record NoticeRecord
{
    public required int Number { get; init; }

    /// <summary>Empty when there was nobody to tell.</summary>
    public required string Channel { get; init; }

    /// <summary>The same at each attempt: a receiver that has seen it may drop it.</summary>
    public required string Key { get; init; }

    public required string Event { get; init; }

    /// <summary>Such as <c>execution/7</c>.</summary>
    public required string Subject { get; init; }

    public required NoticeStatus Status { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Not before.</summary>
    public required DateTimeOffset NextAt { get; init; }

    public int Attempts { get; init; }

    /// <summary>When it was delivered or given up.</summary>
    public DateTimeOffset? SettledAt { get; init; }

    /// <summary>Of the last attempt.</summary>
    public string? Error { get; init; }

    /// <summary>What the receiver said, of a message that was just tried; not kept.</summary>
    public string? Answer { get; init; }

    public required NoticeContent Content { get; init; }
}
