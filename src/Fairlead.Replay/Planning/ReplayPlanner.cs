using System.Globalization;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Scoring;
using Fairlead.Replay.Orders;

namespace Fairlead.Replay.Planning;

/// <summary>Finds out which predictions an order means, and divides them into chunks of about the same size.</summary>
/// <param name="session">Opened for this plan; one thread at a time.</param>
/// <param name="chunkRows">Rows that a chunk is filled up to.</param>
internal sealed class ReplayPlanner(AnalysisSession session, ReplayOrder order, int chunkRows, CancellationToken cancellationToken)
{
    private readonly string service = $"service = {DuckDbText.Literal(order.Service)} and \"role\" = 'live'";

    /// <param name="function">Scores the rows.</param>
    /// <param name="target">What messages call it.</param>
    /// <param name="now">Where the range ends when the order does not say.</param>
    /// <exception cref="FairleadException">Invalid: a condition or column that does not exist; NotFound: no predictions.</exception>
    public ReplayPlan Plan(ScoringFunction function, string target, DateTimeOffset now)
    {
        var until = order.Until ?? now;
        Check();
        RequirePredictions();
        var scope = $"{service} and environment = {DuckDbText.Literal(order.From)} and ({order.Where ?? "true"}\n) and {RangeOf(order.Since, until)}";
        var fields = FieldsOf("input");
        IReadOnlyList<SegmentColumn> segments = [.. (order.By ?? []).Select(name => Segment(name, fields))];
        Rehearse(scope);
        var inputs = Inputs(function, target, fields, scope);
        var recorded = Recorded(function);
        var condition = Draw(scope);
        var (rows, failed) = Count(condition, until);
        return new ReplayPlan
        {
            Condition = condition,
            Since = order.Since,
            Until = until,
            Rows = rows,
            Failed = failed,
            Chunks = new ChunkDivision(session.Connection, $"{condition} and status < 400", chunkRows, cancellationToken).Divide(Micros(order.Since), Micros(until)),
            Inputs = inputs,
            Recorded = recorded,
            Segments = segments,
        };
    }

    // The same rows are read by the same expressions again, so that what harms nobody now harms nobody then.
    private void Rehearse(string scope)
    {
        var written = (order.By ?? []).Where(segment => !IsName(segment)).ToList();
        if (order.Where is null && written.Count == 0)
            return;
        try
        {
            session.Rehearse($"select {string.Join(", ", written.Select(segment => $"max(hash(({segment}\n)::varchar))").Prepend("count(*)"))} from predictions where {scope}", cancellationToken);
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"The condition or a segment cannot be used: {e.Message.Split('\n')[0]}");
        }
    }

    private static bool IsName(string segment) => segment.All(character => char.IsLetterOrDigit(character) || character is '_' or '-' or '.');

    /// <summary>A condition on the time, which also leaves out the days that are no part of it.</summary>
    public static string RangeOf(DateTimeOffset since, DateTimeOffset until) => RangeOf(Micros(since), Micros(until));

    /// <inheritdoc cref="RangeOf(DateTimeOffset, DateTimeOffset)"/>
    /// <param name="from">Microseconds since 1970-01-01 UTC.</param>
    public static string RangeOf(long from, long to) => string.Create(
        CultureInfo.InvariantCulture,
        $"\"date\" between '{DayOf(from)}' and '{DayOf(to)}' and \"time\" >= make_timestamptz({from}) and \"time\" < make_timestamptz({to})");

    private static string DayOf(long micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(micros).UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Micros(DateTimeOffset time) => (time.UtcDateTime - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private void Check()
    {
        if (order.Where is { } condition)
        {
            Check(condition, "The condition");
            Prepare($"select 1 from predictions where ({condition}\n)", $"The condition '{condition}' cannot be used");
        }

        foreach (var segment in order.By ?? [])
            Check(IsName(segment) ? "1" : segment, $"The segment '{segment}'");
    }

    private void Check(string expression, string what)
    {
        try
        {
            session.CheckExpression(expression);
        }
        catch (FairleadException e)
        {
            throw FairleadException.Invalid($"{what} cannot be used: {e.Message}");
        }
    }

    // Environments and services are told from what was recorded: one that is gone from the project file can be replayed all the same.
    private void RequirePredictions()
    {
        var known = Strings($"select distinct environment from predictions where {service}");
        if (known.Count == 0)
        {
            var services = Strings("select distinct service from predictions where \"role\" = 'live'");
            throw FairleadException.NotFound($"There are no predictions of the service '{order.Service}'; {NearestName.Hint(order.Service, services)}.");
        }

        if (!known.Contains(order.From))
            throw FairleadException.NotFound($"The service '{order.Service}' has no predictions in the environment '{order.From}'; {NearestName.Hint(order.From, known)}.");
    }

    private string[] Inputs(ScoringFunction function, string target, IReadOnlyList<string> fields, string scope)
    {
        var missing = function.Inputs.Where(input => !fields.Contains(input.Name, StringComparer.OrdinalIgnoreCase)).ToList();
        // The view has the fields of all services; one that is empty for this service is none of its.
        var present = function.Inputs.Except(missing).ToList();
        if (present.Count > 0)
        {
            using var counts = session.Connection.Query(
                $"select {string.Join(", ", present.Select(input => $"count(input.{DuckDbText.Name(input.Name)}) > 0"))}, count(*) > 0 from predictions where {scope} and status < 400", cancellationToken);
            counts.Read(cancellationToken);
            if ((bool)counts.Value(present.Count)!)
                missing.AddRange(present.Where((_, index) => !(bool)counts.Value(index)!));
        }

        if (missing.Count == 0)
            return [.. function.Inputs.Select(input => $"try_cast(input.{DuckDbText.Name(input.Name)} as {input.SqlType})")];
        var known = fields.Where(field => !missing.Exists(input => input.Name.Equals(field, StringComparison.OrdinalIgnoreCase))).ToList();
        var names = string.Join(", ", missing.Select(input => $"'{input.Name}'"));
        throw FairleadException.Invalid($"{target} takes {names}, which the predictions of '{order.Service}' in '{order.From}' do not hold (or hold redacted); {NearestName.Hint(missing[0].Name, known)}.");
    }

    private string?[] Recorded(ScoringFunction function)
    {
        var fields = FieldsOf("output");
        return [.. function.Outputs.Select(output => fields.Contains(output.Name, StringComparer.OrdinalIgnoreCase) ? $"try_cast(output.{DuckDbText.Name(output.Name)} as {output.SqlType})" : null)];
    }

    // The bound of the hash is found once, so that a resumed replay draws the same.
    private string Draw(string scope)
    {
        if (order.Sample is { } share)
            scope += $" and hash(id) <= {(ulong)(share * ulong.MaxValue)}::UBIGINT";
        if (order.Limit is not { } limit)
            return scope;
        var bound = session.Connection.Scalar(
            $"select max(h)::varchar from (select hash(id) as h from predictions where {scope} and status < 400 order by h limit {limit})");
        return bound is null ? scope : $"{scope} and hash(id) <= {bound}::UBIGINT";
    }

    private (long Rows, long Failed) Count(string condition, DateTimeOffset until)
    {
        using var counts = session.Connection.Query($"select count(*) filter (status < 400), count(*) filter (status >= 400) from predictions where {condition}", cancellationToken);
        counts.Read(cancellationToken);
        var (rows, failed) = ((long)counts.Value(0)!, (long)counts.Value(1)!);
        return rows > 0 ? (rows, failed) : throw NoRows(until, failed);
    }

    private FairleadException NoRows(DateTimeOffset until, long failed)
    {
        using var result = session.Connection.Query(
            $"select count(*), min(\"time\"), max(\"time\") from predictions where {service} and environment = {DuckDbText.Literal(order.From)} and status < 400", cancellationToken);
        result.Read(cancellationToken);
        var range = $"from {Time(order.Since.UtcDateTime)} until {Time(until.UtcDateTime)}{(order.Where is null ? "" : $" with '{order.Where}'")}{(failed == 0 ? "" : $", but {failed} that were answered by an error")}";
        return FairleadException.NotFound(result.Value(0) is 0L
            ? $"No answered prediction of '{order.Service}' in '{order.From}' can be replayed: all of them are errors."
            : $"'{order.Service}' in '{order.From}' has no predictions {range}; it has {result.Value(0)} from {Time((DateTime)result.Value(1)!)} to {Time((DateTime)result.Value(2)!)}.");
    }

    private static string Time(DateTime time) => time.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    // An input by its bare name, anything else as it stands.
    private SegmentColumn Segment(string name, IReadOnlyList<string> inputs)
    {
        var expression = inputs.Contains(name, StringComparer.OrdinalIgnoreCase) ? $"input.{DuckDbText.Name(name)}" : name;
        Prepare($"select ({expression}\n)::varchar from predictions", $"The segment '{name}' is neither an input nor an expression over a prediction; {NearestName.Hint(name, [.. inputs])}");
        return new SegmentColumn(name, expression);
    }

    private void Prepare(string sql, string refusal)
    {
        try
        {
            session.Connection.Prepare(sql).Dispose();
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"{refusal}: {e.Message.Split('\n')[0]}");
        }
    }

    private List<string> FieldsOf(string column)
    {
        using var result = session.Connection.Query($"select {column} from predictions limit 0", cancellationToken);
        return [.. result.Columns[0].Type.Fields.Select(field => field.Name)];
    }

    private List<string> Strings(string sql)
    {
        var texts = new List<string>();
        using var result = session.Connection.Query(sql, cancellationToken);
        while (result.Read(cancellationToken))
            texts.Add((string)result.Value(0)!);
        return texts;
    }
}
