using System.Globalization;
using Fairlead.Domain.Artifacts;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift.Fields;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;

namespace Fairlead.Monitoring.Drift.Counting;

/// <summary>Lays the recorded fields of a period out as tables: all answered live rows, and those with an outcome.</summary>
internal sealed class LiveTables(DuckDbConnection connection, string service, string environment, Digest model, CancellationToken cancellationToken)
{
    /// <summary>Of more, every second, third … is taken, by a hash of its id.</summary>
    private const long MostRows = 8_000_000;
    private int created;

    /// <summary>Rows of the tables were taken one of so many.</summary>
    public long Thinning { get; private set; } = 1;

    public DriftTable Create(DriftPeriod period, IEnumerable<FieldPlan> fields, FieldSource source)
    {
        var isOutcome = source == FieldSource.Outcome;
        var name = $"drift_live_{created++}";
        var view = isOutcome ? "scored" : "predictions";
        var condition = Condition(period) + (isOutcome ? " AND outcome IS NOT NULL" : "");
        var total = Count($"SELECT count(*) FROM {view} WHERE {condition}");
        var thinning = 1 + (total / MostRows);
        Thinning = Math.Max(Thinning, thinning);
        if (thinning > 1)
            condition += $" AND hash(id) % {thinning} = 0";
        var columns = fields.Select(field => $"{field.Part(Root(field.Source))} AS {field.Column}");
        connection.Execute(
            $"CREATE TABLE {name} AS SELECT {string.Join(", ", columns.Prepend($"\"time\" AS t, model_digest = {DuckDbText.Literal(model.ToString())} AS m"))} FROM {view} WHERE {condition}",
            cancellationToken);
        return new DriftTable(name, Count($"SELECT count(*) FROM {name}"));
    }

    /// <summary>The rows that the live model answered, which alone can be compared with what it says of its training data.</summary>
    public DriftTable OfModel(DriftTable table) => Recount(table with { Condition = $"{table.Condition} AND m", IsOfModel = true });

    /// <summary>The rows of a part of the time.</summary>
    public DriftTable Within(DriftTable table, DriftPeriod period) => Recount(table with { Condition = $"{table.Condition} AND t >= {Time(period.Since)} AND t < {Time(period.Until)}" });

    public bool HasOutcomes() => connection.Scalar("SELECT 1 FROM outcomes LIMIT 1") is not null;

    public DateTimeOffset? Newest(DriftTable table) =>
        connection.Scalar($"SELECT max(t) FROM {table.From}") is DateTime time ? new DateTimeOffset(time, TimeSpan.Zero) : null;

    private DriftTable Recount(DriftTable table) => table with { Rows = Count($"SELECT count(*) FROM {table.From}") };

    private static string Root(FieldSource source) => source switch
    {
        FieldSource.Input => "input",
        FieldSource.Output => "output",
        _ => "outcome",
    };

    // By the day too, which leaves out whole folders.
    private string Condition(DriftPeriod period) =>
        $"service = {DuckDbText.Literal(service)} AND environment = {DuckDbText.Literal(environment)} AND \"role\" = 'live' AND status < 400 AND input IS NOT NULL "
        + $"AND \"date\" >= DATE '{period.Since.UtcDateTime:yyyy-MM-dd}' AND \"date\" <= DATE '{period.Until.UtcDateTime:yyyy-MM-dd}' AND \"time\" >= {Time(period.Since)} AND \"time\" < {Time(period.Until)}";

    private static string Time(DateTimeOffset time) => $"TIMESTAMPTZ '{time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture)}+00'";

    private long Count(string sql) => Convert.ToInt64(connection.Scalar(sql), CultureInfo.InvariantCulture);
}
