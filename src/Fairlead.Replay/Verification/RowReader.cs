using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Releases;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Replay.Planning;

namespace Fairlead.Replay.Verification;

/// <summary>Finds the rows that shall be verified.</summary>
internal sealed class RowReader(AnalysisSession session, CancellationToken cancellationToken)
{
    private const string Columns =
        """
        id, "time", service, environment, server_group, release, model_digest, configuration, status, input IS NOT NULL, output IS NOT NULL, "row" > 0, omitted
        """;

    /// <summary>The row of that id, or null.</summary>
    public RecordedRow? Find(PredictionId id)
    {
        var rows = Read($"SELECT {Columns} FROM predictions WHERE {DayOf([id])} AND id = '{id}'");
        if (rows is not [var row])
            return null;
        // The first row of a request does not tell that there are others.
        return row.IsOfMany || !Exists(id) ? row : row with { IsOfMany = true };
    }

    /// <summary>Rows of a service, the same for the same range; a hash of the id decides, so that they are spread over it.</summary>
    public List<RecordedRow> Draw(string service, string environment, DateTimeOffset since, DateTimeOffset until, int most) => Read(
        $"""
        SELECT {Columns} FROM predictions
        WHERE service = {DuckDbText.Literal(service)} AND environment = {DuckDbText.Literal(environment)} AND status < 400 AND {ReplayPlanner.RangeOf(since, until)}
        ORDER BY hash(id), id LIMIT {most}
        """);

    /// <summary>Services that answered in the environment within the range.</summary>
    public List<string> Services(string environment, DateTimeOffset since, DateTimeOffset until)
    {
        var names = new List<string>();
        using var result = session.Connection.Query(
            $"SELECT DISTINCT service FROM predictions WHERE environment = {DuckDbText.Literal(environment)} AND status < 400 AND {ReplayPlanner.RangeOf(since, until)} ORDER BY 1", cancellationToken);
        while (result.Read(cancellationToken))
            names.Add((string)result.Value(0)!);
        return names;
    }

    /// <summary>A condition that keeps the search to the days of the ids: an id holds its time.</summary>
    public static string DayOf(IReadOnlyCollection<PredictionId> ids)
    {
        var (first, last) = (ids.Min(id => id.UnixMilliseconds), ids.Max(id => id.UnixMilliseconds));
        var day = TimeSpan.FromDays(1);
        return ReplayPlanner.RangeOf(DateTimeOffset.FromUnixTimeMilliseconds(first) - day, DateTimeOffset.FromUnixTimeMilliseconds(last) + day);
    }

    private bool Exists(PredictionId first) =>
        session.Connection.Scalar($"SELECT 1 FROM predictions WHERE {DayOf([first])} AND id = '{first.OfRow(1)}' LIMIT 1") is not null;

    private List<RecordedRow> Read(string sql)
    {
        var rows = new List<RecordedRow>();
        using var result = session.Connection.Query(sql, cancellationToken);
        while (result.Read(cancellationToken))
        {
            rows.Add(new RecordedRow
            {
                Id = PredictionId.Parse(((Guid)result.Value(0)!).ToString("D")),
                Time = new DateTimeOffset((DateTime)result.Value(1)!),
                Service = (string)result.Value(2)!,
                Environment = (string)result.Value(3)!,
                ServerGroup = ServerGroupName.Parse((string)result.Value(4)!),
                Release = ReleaseName.Parse((string)result.Value(5)!),
                ModelDigest = Digest.Parse((string)result.Value(6)!),
                Configuration = Digest.Parse((string)result.Value(7)!),
                Status = (int)result.Value(8)!,
                HasInput = (bool)result.Value(9)!,
                HasOutput = (bool)result.Value(10)!,
                IsOfMany = (bool)result.Value(11)!,
                Omitted = (string?)result.Value(12),
            });
        }

        return rows;
    }
}
