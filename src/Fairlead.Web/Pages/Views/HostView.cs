using Fairlead.Delivery.Hosts;

namespace Fairlead.Web.Pages.Views;

/// <summary>A host as it last reported.</summary>
public sealed record HostView
{
    public required string Url { get; init; }

    /// <summary>Null when the address is no web address.</summary>
    public required string? Link { get; init; }

    public required int ProcessId { get; init; }

    public required bool IsReachable { get; init; }

    public required TimeView ReportedAt { get; init; }

    public required TimeView StartedAt { get; init; }

    public required long AppliedVersion { get; init; }

    /// <summary>True when it serves the newest desired state.</summary>
    public required bool IsCurrent { get; init; }

    public required string Answered { get; init; }

    public required string Captured { get; init; }

    public required long Lost { get; init; }

    /// <summary>What else is not in the log, a sentence for each server group.</summary>
    public required IReadOnlyList<string> Omitted { get; init; }

    /// <summary>The instances of its command services, by server group and number.</summary>
    public required IReadOnlyList<InstanceView> Instances { get; init; }

    public static HostView Of(HostStatus host, long desiredVersion, DateTimeOffset now) => new()
    {
        Url = host.Report.Url,
        Link = Uri.TryCreate(host.Report.Url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? host.Report.Url : null,
        ProcessId = host.Report.ProcessId,
        IsReachable = host.IsReachable,
        ReportedAt = TimeView.Of(host.ReceivedAt, now),
        StartedAt = TimeView.Of(host.Report.StartedAt, now),
        AppliedVersion = host.Report.AppliedVersion,
        IsCurrent = host.Report.AppliedVersion >= desiredVersion,
        Answered = PageText.Count(host.Report.Answered),
        Captured = PageText.Count(host.Report.Captured),
        Lost = host.Report.CaptureLost,
        Omitted = [.. host.Report.Captures.Select(capture => $"Not captured of {capture.ServerGroup}: {capture.Describe()}.")],
        Instances = [.. host.Report.Instances.OrderBy(report => report.ServerGroup.ToString(), StringComparer.Ordinal).ThenBy(report => report.Number).Select(InstanceView.Of)],
    };
}
