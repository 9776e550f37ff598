using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Drift.Counting;

/// <summary>Compares fields of two tables: few different numbers and texts as categories, others as numbers.</summary>
internal sealed class FieldComparer(FieldCounter counter)
{
    private const int FewValues = 30;

    /// <summary>Different values among the rows, as a share, from which on a text names its row and not a kind of rows.</summary>
    private const double NamesRows = 0.9;

    public (IReadOnlyList<ComparedField> Compared, IReadOnlyList<SkippedField> Skipped) Compare(DriftTable reference, DriftTable live, IReadOnlyList<FieldPlan> fields)
    {
        var (compared, skipped) = (new List<ComparedField>(), new List<SkippedField>());
        if (fields.Count == 0)
            return (compared, skipped);
        var (profiles, liveProfiles) = (counter.Profile(reference, fields), counter.Profile(live, fields));
        foreach (var field in fields)
        {
            var (before, now) = (profiles[field.Column], liveProfiles[field.Column]);
            if (ReasonToSkip(field, before, now) is { } reason)
                skipped.Add(new SkippedField(field.Name, field.Source, reason));
            else
                compared.Add(field.IsNumber ? CompareNumbers(field, reference, live, before, now) : CompareTexts(field, reference, live, before, now));
        }

        return (compared, skipped);
    }

    private static string? ReasonToSkip(FieldPlan field, FieldProfile reference, FieldProfile live)
    {
        if (reference.Present == 0 && live.Present == 0)
            return "it has no value in any row";
        if (!field.IsNumber && IsName(reference) && IsName(live))
            return $"nearly every row has a value of its own ({live.Distinct:N0} in {live.Rows:N0} rows), as names and ids do";
        return null;
    }

    private static bool IsName(FieldProfile profile) => profile.Rows > 200 && profile.Distinct > NamesRows * profile.Present;

    private ComparedField CompareNumbers(FieldPlan field, DriftTable reference, DriftTable live, FieldProfile before, FieldProfile now)
    {
        var (atReference, atLive, error) = counter.Numbers(reference, live, field.Column, Math.Max(before.Distinct, now.Distinct));
        var isFew = error == 0 && atReference.Values.Count <= FewValues && atLive.Values.Count <= FewValues;
        var sides = (Reference: new NumericSide(atReference, before.Rows - before.Present, before.Present - before.Finite), Live: new NumericSide(atLive, now.Rows - now.Present, now.Present - now.Finite));
        var result = isFew ? CategoryComparison.Of(Named(sides.Reference, sides.Live)) with { NotFinite = NotFinite(sides.Reference, sides.Live) } : NumericComparison.Of(sides.Reference, sides.Live);
        return new ComparedField
        {
            Plan = field,
            Result = result,
            Cells = FieldCells.Of(true, result),
            ReferenceTable = reference,
            LiveTable = live,
            Reference = Summarise(sides.Reference, before),
            Live = Summarise(sides.Live, now),
            NewValues = isFew ? [.. atLive.Values.Except(atReference.Values).Take(5).Select(FieldCells.NameOf)] : [],
            DistanceError = isFew ? null : error,
        };
    }

    private ComparedField CompareTexts(FieldPlan field, DriftTable reference, DriftTable live, FieldProfile before, FieldProfile now)
    {
        var (counts, unseen) = counter.Categories(reference, live, field.Column, before.Rows - before.Present, now.Rows - now.Present);
        var result = CategoryComparison.Of(counts);
        return new ComparedField
        {
            Plan = field,
            Result = result,
            Cells = FieldCells.Of(false, result),
            ReferenceTable = reference,
            LiveTable = live,
            Reference = new FieldSummary { Rows = before.Rows, Missing = Share(counts.Reference.Missing, before.Rows), Distinct = counts.Reference.Distinct },
            Live = new FieldSummary { Rows = now.Rows, Missing = Share(counts.Live.Missing, now.Rows), Distinct = counts.Live.Distinct },
            NewValues = unseen,
        };
    }

    // What is not finite is counted with the missing ones: it has no cell either.
    private static CategoryCounts Named(NumericSide reference, NumericSide live)
    {
        var counts = new Dictionary<double, (long Reference, long Live)>();
        for (var i = 0; i < reference.Values.Values.Count; i++)
            counts[reference.Values.Values[i]] = (reference.Values.Counts[i], 0);
        for (var i = 0; i < live.Values.Values.Count; i++)
            counts[live.Values.Values[i]] = (counts.GetValueOrDefault(live.Values.Values[i]).Reference, live.Values.Counts[i]);
        // The shortest text that is read back to the same number: it becomes SQL again.
        var all = counts.OrderBy(pair => pair.Key).Select(pair => new CategoryCount(pair.Key.ToString("R"), pair.Value.Reference, pair.Value.Live)).ToList();
        return CategoryCounts.Of(all, reference.Missing + reference.NotFinite, live.Missing + live.NotFinite);
    }

    private static ShareTest NotFinite(NumericSide reference, NumericSide live) => ShareTest.Of(reference.NotFinite, reference.Rows, live.NotFinite, live.Rows);

    private static FieldSummary Summarise(NumericSide side, FieldProfile profile) => new()
    {
        Rows = side.Rows,
        Missing = Share(side.Missing, side.Rows),
        NotFinite = Share(side.NotFinite, side.Rows),
        Mean = side.Values.Total == 0 || !double.IsFinite(side.Values.Mean) ? null : side.Values.Mean,
        Deviation = side.Values.Total == 0 || !double.IsFinite(side.Values.StandardDeviation) ? null : side.Values.StandardDeviation,
        Least = side.Values.Total == 0 ? null : side.Values.Values[0],
        Most = side.Values.Total == 0 ? null : side.Values.Values[^1],
        Distinct = profile.Distinct,
    };

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
