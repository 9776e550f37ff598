using Fairlead.Domain.Deployments;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Capturing;

/// <summary>What the host's report says of what is not in the capture log.</summary>
internal static class CaptureReports
{
    /// <summary>The reasons as metrics call them.</summary>
    public static readonly IReadOnlyList<(CaptureOmission Reason, string Label)> Labels =
    [
        (CaptureOmission.Sampled, "sampled"),
        (CaptureOmission.Lost, "lost"),
        (CaptureOmission.TooLong, "too_long"),
        (CaptureOmission.Unreadable, "unreadable"),
    ];

    /// <summary>Of the server groups of which something is missing.</summary>
    public static IReadOnlyList<CaptureReport> Of(RouteTable table) =>
        [.. table.Groups.Select(Of).Where(report => report.Sampled + report.Lost + report.TooLong + report.Unreadable > 0)];

    private static CaptureReport Of(LiveServerGroup group)
    {
        var numbers = group.Metrics.Snapshot();
        return new CaptureReport
        {
            ServerGroup = group.Name,
            Sampled = numbers.Omitted(CaptureOmission.Sampled),
            Lost = numbers.Omitted(CaptureOmission.Lost),
            TooLong = numbers.Omitted(CaptureOmission.TooLong),
            Unreadable = numbers.Omitted(CaptureOmission.Unreadable),
        };
    }
}
