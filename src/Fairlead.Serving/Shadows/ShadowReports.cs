using Fairlead.Domain.Deployments;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Shadows;

/// <summary>What the host's report says of its shadows.</summary>
internal static class ShadowReports
{
    /// <summary>Why copies never reached their shadow, as metrics call it.</summary>
    public static readonly IReadOnlyList<(ShadowDrop Reason, string Label)> Reasons =
    [
        (ShadowDrop.Full, "full"),
        (ShadowDrop.Memory, "memory"),
        (ShadowDrop.Late, "late"),
        (ShadowDrop.Stopped, "stopped"),
        (ShadowDrop.Stream, "stream"),
        (ShadowDrop.TooLong, "too_long"),
        (ShadowDrop.Unread, "unread"),
        (ShadowDrop.Abandoned, "abandoned"),
    ];

    public static IReadOnlyList<ShadowReport> Of(RouteTable table) =>
        [.. table.Groups.Where(group => group.Life.Shadow is not null || group.Mirror > 0).Select(Of)];

    private static ShadowReport Of(LiveServerGroup group)
    {
        var numbers = group.Life.Shadow?.Numbers.Snapshot();
        return new ShadowReport
        {
            ServerGroup = group.Name,
            Agreed = numbers?.Agreed ?? 0,
            Differed = numbers?.Differed ?? 0,
            Failed = numbers?.Failed ?? 0,
            Dropped = numbers?.Dropped.Sum() ?? 0,
            Waiting = group.Life.Shadow?.Waiting ?? 0,
        };
    }
}
