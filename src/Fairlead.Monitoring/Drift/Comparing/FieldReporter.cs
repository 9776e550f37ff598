using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>Puts what was found about a field into the form in which it is kept.</summary>
internal static class FieldReporter
{
    private const int MostCells = 30;

    public static FieldDrift Report(ComparedField field, AgainstKind against, DriftSeverity severity, double adjusted, Closeup closeup)
    {
        var result = field.Result;
        var report = new FieldDrift
        {
            Name = field.Plan.Name,
            Source = field.Plan.Source,
            Severity = severity,
            Says = [],
            Effect = result.Effect,
            PValue = result.PValue,
            Adjusted = adjusted,
            DailyPValue = closeup.DailyPValue,
            DayVariation = closeup.DayVariation,
            StabilityIndex = result.Stability.Value,
            StabilityThreshold = result.Stability.Threshold(0.01),
            JensenShannon = result.JensenShannon,
            Hellinger = result.Hellinger,
            ChiSquared = result.ChiSquared.Degrees > 0 ? result.ChiSquared.Statistic : null,
            ChiSquaredPValue = result.ChiSquared.Degrees > 0 ? result.ChiSquared.PValue : null,
            Distance = result.Distance?.Distance,
            DistancePValue = result.Distance?.PValue,
            DistanceError = field.DistanceError,
            Wasserstein = result.NormalisedWasserstein,
            Reference = field.Reference,
            Live = field.Live,
            NewShare = result.New?.Share,
            NewExpected = result.New?.Expected,
            NewValues = result.New is { Share: > 0 } ? field.NewValues : [],
            GoneShare = result.Gone?.Share,
            OutOfRange = result.Range?.Share,
            Cells = CellsOf(field),
            BeyondSince = closeup.BeyondSince,
            Timeline = closeup.Timeline,
            Segments = closeup.Segments,
        };
        return report with { Says = DriftSentences.Of(report, against) };
    }

    private static List<FieldCell> CellsOf(ComparedField field)
    {
        var (reference, live) = (field.Result.ReferenceCells, field.Result.LiveCells);
        var (n, m) = (Math.Max(1, reference.Sum()), Math.Max(1, live.Sum()));
        var cells = Enumerable.Range(0, reference.Length)
            .Select(i => (Place: i, Cell: new FieldCell(field.Cells.Label(i), (double)reference[i] / n, (double)live[i] / m)))
            .Where(pair => pair.Cell.Reference > 0 || pair.Cell.Live > 0 || !field.Cells.IsNamed && pair.Place < reference.Length - 1)
            .ToList();
        if (field.Cells.IsNamed && field.Cells.IsNumber)
            cells = [.. cells.OrderBy(pair => pair.Place >= field.Cells.Names.Count ? double.PositiveInfinity : double.Parse(field.Cells.Names[pair.Place])).ThenBy(pair => pair.Place)];
        if (cells.Count <= MostCells)
            return [.. cells.Select(pair => pair.Cell)];
        // The frequent ones, of all others the sum.
        var tail = cells.Skip(MostCells - 2).Where(pair => pair.Place < reference.Length - 1).ToList();
        return
        [
            .. cells.Take(MostCells - 2).Select(pair => pair.Cell),
            new FieldCell(FieldCells.Others, tail.Sum(pair => pair.Cell.Reference), tail.Sum(pair => pair.Cell.Live)),
            .. cells.Where(pair => pair.Place == reference.Length - 1).Select(pair => pair.Cell),
        ];
    }
}
