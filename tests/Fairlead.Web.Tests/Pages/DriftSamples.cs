using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Reports of drift as pages get them.</summary>
internal static class DriftSamples
{
    public static DriftReport Report(string newValue = "XYZ") => new()
    {
        Service = "late",
        Environment = "prod",
        Model = "late@3",
        ServerGroup = "late-prod-v003",
        At = PageSamples.Now.AddMinutes(-3),
        Since = PageSamples.Now.AddDays(-7),
        Until = PageSamples.Now,
        Rows = 3000,
        Newest = PageSamples.Now,
        Level = 0.01,
        Severity = DriftSeverity.Strong,
        Comparisons =
        [
            new DriftComparison
            {
                Against = AgainstKind.Training,
                Reference = "split/train.csv of split-1, which train-1 read",
                ReferenceRows = 400_000,
                Period = "2026-02-23..2026-03-02",
                Since = PageSamples.Now.AddDays(-7),
                Until = PageSamples.Now,
                Rows = 3000,
                Severity = DriftSeverity.Strong,
                Fields = [Field("origin", DriftSeverity.Strong, newValue), Field("hour", DriftSeverity.None, newValue)],
                Skipped = [new SkippedField("name", FieldSource.Input, "it is redacted: its values are never recorded")],
            },
        ],
        Notes = ["There is little to say."],
        Seconds = 0.4,
    };

    private static FieldDrift Field(string name, DriftSeverity severity, string newValue) => new()
    {
        Name = name,
        Source = FieldSource.Input,
        Severity = severity,
        Says = severity == DriftSeverity.None ? [] : [$"40 % of live rows have values that the training data does not hold: '{newValue}'."],
        Effect = severity == DriftSeverity.None ? 0 : 1.2,
        PValue = severity == DriftSeverity.None ? 0.4 : 1e-30,
        Adjusted = severity == DriftSeverity.None ? 0.5 : 1e-29,
        StabilityIndex = severity == DriftSeverity.None ? 0.001 : 1.44,
        StabilityThreshold = 0.012,
        JensenShannon = 0.3,
        Hellinger = 0.3,
        ChiSquared = 112,
        ChiSquaredPValue = 1e-30,
        Reference = new FieldSummary { Rows = 400_000, Missing = 0, Distinct = 2 },
        Live = new FieldSummary { Rows = 3000, Missing = 0, Distinct = 3 },
        Cells = [new FieldCell("ATL", 0.75, 0.5), new FieldCell("ORD", 0.25, 0.1), new FieldCell(newValue, 0, 0.4)],
        Timeline = severity == DriftSeverity.None ? [] : [.. Enumerable.Range(0, 5).Select(day => new DriftMoment(PageSamples.Now.AddDays(day - 5), 600, day < 3 ? 0.01 : 1.4, day >= 3))],
        Segments = severity == DriftSeverity.None ? [] : [new DriftSegment("hour", "20", 0.1, 0.84, 2.5)],
    };
}
