using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Web.Pages.Views;

/// <summary>A report of drift.</summary>
public sealed record DriftView
{
    public required string Service { get; init; }

    public required string Environment { get; init; }

    public required string Model { get; init; }

    public required TimeView At { get; init; }

    public required StatusView Severity { get; init; }

    /// <summary>What was asked for, for the form.</summary>
    public required DriftQuery Query { get; init; }

    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<DriftComparisonView> Comparisons { get; init; }

    public static DriftView Of(DriftReport report, DriftQuery query, DateTimeOffset now) => new()
    {
        Service = report.Service,
        Environment = report.Environment,
        Model = report.Model,
        At = TimeView.Of(report.At, now),
        Severity = StatusOf(report.Severity),
        Query = query,
        Notes = report.Notes,
        Comparisons = [.. report.Comparisons.Select(DriftComparisonView.Of)],
    };

    internal static StatusView StatusOf(DriftSeverity severity) => severity switch
    {
        DriftSeverity.None => new StatusView("no drift", StatusView.Good),
        DriftSeverity.Slight => new StatusView("slight", StatusView.Busy),
        DriftSeverity.Strong => new StatusView("strong", StatusView.Bad),
        _ => throw new ArgumentOutOfRangeException(nameof(severity), severity, "unknown severity"),
    };
}
