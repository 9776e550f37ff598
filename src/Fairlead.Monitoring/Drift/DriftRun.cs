using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift.Comparing;
using Fairlead.Monitoring.Drift.Counting;
using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Monitoring.Drift.References;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Monitoring.Drift;

/// <summary>One request, from tables over comparisons to what is called drift.</summary>
internal sealed class DriftRun(
    DriftRequest request, ReleasedService service, ReferenceFinder references, ReferenceTables referenceTables, DuckDbConnection connection, CancellationToken cancellationToken)
{
    private const int LeastRows = 50;
    private const int MostOutcomesLookedAt = 100_000;
    private static readonly TimeSpan LeastBefore = TimeSpan.FromDays(7);
    private readonly LiveTables live = new(connection, request.Service, request.Environment, service.Digest, cancellationToken);
    private readonly FieldCounter counter = new(connection, cancellationToken);
    private readonly List<string> notes = [];
    private readonly Dictionary<DriftAgainst, (ReferenceRows Rows, Side Side, FieldPlans Plans)> stored = [];
    private HashSet<string>? mostlyNumbers;

    public async Task<DriftFindings> CompareAsync(IReadOnlyList<DriftPeriod> periods)
    {
        var against = await ResolveAsync(periods.Count > 1).ConfigureAwait(false);
        var plans = Plan(null);
        RequireKnown(request.By, plans);
        var sides = Lay(periods, plans);
        var matchups = new List<Matchup>();
        for (var i = 0; i < periods.Count; i++)
        {
            foreach (var other in against)
                AddMatchup(matchups, other, periods, sides, i, plans);
        }

        if (live.Thinning > 1)
            notes.Add($"There are more rows than are needed: one of {live.Thinning} was taken, by a hash of its id.");
        var comparisons = new DriftJudge(request, new TimelineReader(counter, request), new SegmentFinder(counter), (period, fields, source) => live.Create(period, fields, source)).Judge(matchups);
        return new DriftFindings(sides.Sum(side => side.Inputs.Rows), live.Newest(sides[^1].Inputs), comparisons, [.. notes.Distinct()]);
    }

    /// <summary>What is asked for, or the training data and the time before; of several periods the training data, or else the first of them.</summary>
    private async Task<IReadOnlyList<DriftAgainst>> ResolveAsync(bool isSeveral)
    {
        var wanted = request.Against.Count > 0 ? request.Against
            : isSeveral ? [new DriftAgainst(AgainstKind.Training)]
            : [new DriftAgainst(AgainstKind.Training), new DriftAgainst(AgainstKind.Previous)];
        var resolved = new List<DriftAgainst>();
        foreach (var against in wanted)
        {
            if (against.Kind is AgainstKind.Previous or AgainstKind.Period or AgainstKind.First || await OpenAsync(against).ConfigureAwait(false))
                resolved.Add(against);
        }

        return resolved.Count > 0 ? resolved : [new DriftAgainst(isSeveral ? AgainstKind.First : AgainstKind.Previous)];
    }

    private async Task<bool> OpenAsync(DriftAgainst against)
    {
        var (rows, note) = against.Kind == AgainstKind.Dataset
            ? (await references.FindDatasetAsync(against, connection, cancellationToken).ConfigureAwait(false), null)
            : await references.FindTrainingAsync(service, connection, cancellationToken).ConfigureAwait(false);
        if (note is not null)
            notes.Add(note);
        if (rows is null)
            return false;
        var plans = Plan(rows);
        var table = referenceTables.Create(rows, plans, cancellationToken);
        var (scored, why) = await referenceTables.ScoreAsync(rows, plans, service, cancellationToken).ConfigureAwait(false);
        if (why is not null)
            notes.Add(why);
        stored[against] = (rows, new Side(rows.Description, table, scored, table), plans);
        return true;
    }

    private FieldPlans Plan(ReferenceRows? rows)
    {
        mostlyNumbers ??= MostlyNumbers();
        using var recorded = connection.Query("SELECT input, output FROM predictions LIMIT 0", cancellationToken);
        using var outcomes = connection.Query("SELECT outcome FROM outcomes LIMIT 0", cancellationToken);
        return new FieldPlanner(service, rows, mostlyNumbers).Plan(recorded.Columns[0].Type, recorded.Columns[1].Type, outcomes.Columns[0].Type);
    }

    /// <summary>One outcome that was posted as a text makes a text of the field, whose numbers would all seem to be new.</summary>
    private HashSet<string> MostlyNumbers()
    {
        var texts = new List<string>();
        using (var outcomes = connection.Query("SELECT outcome FROM outcomes LIMIT 0", cancellationToken))
            texts.AddRange(outcomes.Columns[0].Type.Fields.Where(field => field.Type.Kind == DuckDbTypeKind.Varchar).Select(field => field.Name));
        return [.. texts.Where(name => connection.Scalar($"SELECT 2 * count(TRY_CAST(value AS DOUBLE)) > count(value) FROM (SELECT outcome.{DuckDbText.Name(name)} AS value FROM outcomes LIMIT {MostOutcomesLookedAt})") is true)];
    }

    /// <summary>One table for all periods: outcomes are matched with predictions once.</summary>
    private List<Side> Lay(IReadOnlyList<DriftPeriod> periods, FieldPlans plans)
    {
        if (periods.Count == 1)
            return [Lay(periods[0], plans)];
        var whole = Lay(new DriftPeriod("", periods[0].Since, periods[^1].Until), plans);
        return [.. periods.Select(period => Within(whole, period))];
    }

    private Side Within(Side whole, DriftPeriod period)
    {
        var inputs = live.Within(whole.Inputs, period);
        return new Side(period.Name, inputs, inputs, whole.Outcomes is { } outcomes ? live.Within(outcomes, period) : null);
    }

    private Side Lay(DriftPeriod period, FieldPlans plans)
    {
        var inputs = live.Create(period, plans.Fields.Where(field => field.Source != FieldSource.Outcome), FieldSource.Input);
        var hasOutcomes = plans.Of(FieldSource.Outcome).Any() && live.HasOutcomes();
        var outcomes = hasOutcomes ? live.Create(period, plans.Fields.Where(field => field.Source != FieldSource.Output), FieldSource.Outcome) : null;
        return new Side(period.Name, inputs, inputs, outcomes);
    }

    private void AddMatchup(List<Matchup> matchups, DriftAgainst against, IReadOnlyList<DriftPeriod> periods, List<Side> sides, int place, FieldPlans plans)
    {
        if (against.Kind == AgainstKind.First && place == 0)
            return;
        var side = sides[place];
        if (stored.TryGetValue(against, out var reference))
        {
            matchups.Add(Match(against.Kind, reference.Side, side with { Outputs = live.OfModel(side.Inputs) }, periods[place], reference.Plans, isStored: true));
            return;
        }

        var other = against.Kind == AgainstKind.First ? sides[0] : Lay(Other(against, periods[place]), plans);
        matchups.Add(Match(against.Kind, other, side, periods[place], plans, isStored: false));
    }

    private DriftPeriod Other(DriftAgainst against, DriftPeriod period)
    {
        if (against.Kind == AgainstKind.Period)
            return new DriftPeriod($"{against.Since:u}..{against.Until:u}", against.Since!.Value, against.Until!.Value);
        // Of a day the whole week before, so that its weekday is among what it is compared with.
        var length = request.Every is null && period.Until - period.Since < LeastBefore ? LeastBefore : period.Until - period.Since;
        var since = period.Since - length;
        return new DriftPeriod($"the time from {since.UtcDateTime:yyyy-MM-dd HH:mm} to {period.Since.UtcDateTime:yyyy-MM-dd HH:mm}", since, period.Since);
    }

    private Matchup Match(AgainstKind against, Side reference, Side side, DriftPeriod period, FieldPlans plans, bool isStored)
    {
        var comparer = new FieldComparer(counter);
        var (compared, skipped) = (new List<ComparedField>(), new List<SkippedField>(plans.Skipped));
        foreach (var source in Enum.GetValues<FieldSource>())
        {
            var fields = plans.Of(source).ToList();
            if (isStored && source != FieldSource.Output)
            {
                skipped.AddRange(fields.Where(field => field.InReference is null && source == FieldSource.Input)
                    .Select(field => new SkippedField(field.Name, source, field.IsHashed ? "only a hash of it is recorded" : $"{DriftSentences.Name(against)} has no such column, or one of another shape")));
                fields = [.. fields.Where(field => field.InReference is not null)];
            }

            var (before, now) = (TableOf(reference, source), TableOf(side, source));
            if (fields.Count == 0 || before is null || now is null)
                continue;
            if (Math.Min(before.Rows, now.Rows) < LeastRows)
            {
                NoteTooFew(source, before.Rows < LeastRows ? reference.Name : side.Name, Math.Min(before.Rows, now.Rows));
                continue;
            }

            var result = comparer.Compare(before, now, fields);
            compared.AddRange(result.Compared);
            // Outcomes of other services are fields of the same column.
            skipped.AddRange(result.Skipped.Where(field => source != FieldSource.Outcome));
        }

        return new Matchup { Against = against, Reference = reference.Name, ReferenceRows = reference.Inputs.Rows, Period = period, Rows = side.Inputs.Rows, Fields = compared, Skipped = skipped };
    }

    private void NoteTooFew(FieldSource source, string where, long rows)
    {
        // That outcomes are still to come, or that no rows went through the newest model yet, is no news before there are some.
        if (source == FieldSource.Input || rows > 0)
            notes.Add($"{char.ToUpperInvariant(where[0])}{where[1..]} has {rows} rows {(source == FieldSource.Outcome ? "with outcomes" : source == FieldSource.Output ? "with outputs of the live model" : "")}".TrimEnd() + $"; at least {LeastRows} are needed to compare.");
    }

    private static DriftTable? TableOf(Side side, FieldSource source) => source switch
    {
        FieldSource.Input => side.Inputs,
        FieldSource.Output => side.Outputs,
        _ => side.Outcomes,
    };

    private static void RequireKnown(string? by, FieldPlans plans)
    {
        var names = plans.Of(FieldSource.Input).Select(field => field.Name).ToList();
        if (by is not null && !names.Contains(by, StringComparer.OrdinalIgnoreCase))
            throw FairleadException.Invalid($"There is no input '{by}' to take drift apart by; {NearestName.Hint(by, names)}.");
    }
}
