using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Statistics.Drift;

namespace Fairlead.Monitoring.Drift.Comparing;

/// <summary>Decides over all fields of all comparisons together what is called drift, and looks closer at that.</summary>
/// <param name="lay">Lays fields of a period out as a table.</param>
internal sealed class DriftJudge(DriftRequest request, TimelineReader timelines, SegmentFinder segments, Func<DriftPeriod, IEnumerable<FieldPlan>, FieldSource, DriftTable> lay)
{
    /// <summary>Fields of a comparison whose segments are looked for unasked.</summary>
    private const int TakenApart = 3;
    private readonly Dictionary<FieldSource, DriftTable> earlier = [];

    public IReadOnlyList<DriftComparison> Judge(IReadOnlyList<Matchup> matchups)
    {
        var all = matchups.SelectMany(matchup => matchup.Fields).ToList();
        var levels = FalseDiscovery.Adjust(all.ConvertAll(field => field.Result.PValue));
        var adjusted = new Dictionary<ComparedField, double>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < levels.Length; i++)
            adjusted.Add(all[i], levels[i]);
        var drifted = all.Where(field => SeverityOf(field, adjusted[field]) != DriftSeverity.None).ToList();
        return [.. matchups.Select(matchup => Judge(matchup, adjusted, drifted))];
    }

    private DriftComparison Judge(Matchup matchup, Dictionary<ComparedField, double> adjusted, List<ComparedField> drifted)
    {
        var order = matchup.Fields
            .Select(field => (Field: field, Severity: SeverityOf(field, adjusted[field])))
            .OrderByDescending(pair => pair.Severity)
            .ThenByDescending(pair => pair.Field.Result.Effect)
            .ThenBy(pair => pair.Field.Plan.Name, StringComparer.Ordinal)
            .ToList();
        var fields = order.Select((pair, place) => FieldReporter.Report(
            pair.Field, matchup.Against, pair.Severity, adjusted[pair.Field], pair.Severity == DriftSeverity.None ? Closeup.None : LookCloser(pair.Field, matchup, place, drifted))).ToList();
        return new DriftComparison
        {
            Against = matchup.Against,
            Reference = matchup.Reference,
            ReferenceRows = matchup.ReferenceRows,
            Period = matchup.Period.Name,
            Since = matchup.Period.Since,
            Until = matchup.Period.Until,
            Rows = matchup.Rows,
            Severity = fields.Select(field => field.Severity).DefaultIfEmpty().Max(),
            Fields = fields,
            Skipped = matchup.Skipped,
        };
    }

    private DriftSeverity SeverityOf(ComparedField field, double adjusted) =>
        adjusted > request.Level || field.Result.Effect < request.LeastEffect ? DriftSeverity.None
        : field.Result.Effect >= request.StrongEffect ? DriftSeverity.Strong
        : DriftSeverity.Slight;

    private Closeup LookCloser(ComparedField field, Matchup matchup, int place, List<ComparedField> drifted)
    {
        // Before a period that is compared with the time before lies what it is compared with.
        var isLookingBack = request.Every is null && matchup.Against is (AgainstKind.Training or AgainstKind.Dataset) && request.LookBack > TimeSpan.Zero;
        var closeup = timelines.Read(field, matchup.Period, isLookingBack ? EarlierOf(field, matchup.Period, drifted) : null);
        if (request.By is null && place >= TakenApart)
            return closeup;
        var by = request.By is { } name
            ? matchup.Fields.Where(other => other.Plan.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            : matchup.Fields.Where(other => other.Plan.Source == FieldSource.Input && other.IsSegment);
        return closeup with { Segments = segments.Find(field, [.. by], request.By is not null) };
    }

    /// <summary>The rows before the period, with all columns that will be asked for.</summary>
    private DriftTable EarlierOf(ComparedField field, DriftPeriod period, List<ComparedField> drifted)
    {
        var source = field.Plan.Source == FieldSource.Outcome ? FieldSource.Outcome : FieldSource.Input;
        if (!earlier.TryGetValue(source, out var table))
        {
            var columns = drifted.Select(other => other.Plan).Where(plan => plan.Source == FieldSource.Outcome == (source == FieldSource.Outcome)).DistinctBy(plan => plan.Column);
            table = lay(new DriftPeriod("earlier", period.Since - request.LookBack, period.Since), columns, source);
            earlier.Add(source, table);
        }

        return field.LiveTable.IsOfModel ? table with { Condition = "m" } : table;
    }
}
