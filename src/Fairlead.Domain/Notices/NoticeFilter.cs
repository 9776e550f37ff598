namespace Fairlead.Domain.Notices;

/// <summary>Which messages are wanted; newest first.</summary>
public sealed record NoticeFilter
{
    public string? Channel { get; init; }

    public NoticeStatus? Status { get; init; }

    public string? Subject { get; init; }

    public int Limit { get; init; } = 50;
}
