using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scoring;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;
using Fairlead.Predictions.Scoring;

namespace Fairlead.Replay.Verification;

/// <summary>Scores rows of one server group again, each alone, and compares.</summary>
internal sealed class GroupVerifier(AnalysisSession session, ServerGroup group, IScorer scorer, string function, CancellationToken cancellationToken)
{
    /// <summary>Numbers further apart are no matter of rounding.</summary>
    private const long RoundingUlps = 4;

    /// <exception cref="FairleadException">Invalid: a recorded list does not tell the shape of an input; Unavailable: what scores is gone.</exception>
    public List<VerifiedPrediction> Verify(IReadOnlyList<RecordedRow> rows)
    {
        var hidden = RowObstacle.HiddenOutputs(group.Service).ToHashSet(StringComparer.Ordinal);
        var scoring = new ScoringFunction(scorer, new ScoringOptions { IsAlone = true }, cancellationToken);
        var inputs = FieldsOf("input");
        var outputs = FieldsOf("output");
        if (scoring.Inputs.FirstOrDefault(input => !inputs.Contains(input.Name)) is { } missing)
            return [.. rows.Select(row => Blank(row, group, $"its input '{missing.Name}' was not recorded"))];
        var compared = scoring.Outputs.Where(output => outputs.Contains(output.Name) && !hidden.Contains(output.Name)).ToList();
        if (compared.Count == 0)
            return [.. rows.Select(row => Blank(row, group, "all of its outputs are redacted or hashed in the log"))];
        scoring.Register(session.Connection, function);
        var byId = rows.ToDictionary(row => row.Id);
        var found = new List<VerifiedPrediction>();
        using var result = Query(scoring, compared, rows);
        while (result.Read(cancellationToken))
        {
            var row = byId[PredictionId.Parse(((Guid)result.Value(0)!).ToString("D"))];
            found.Add(Judge(row, [.. compared.Select(output => output.Name)], [.. hidden], (string?)result.Value(1), i => (result.Value((2 * i) + 2), result.Value((2 * i) + 3))));
        }

        return found;
    }

    /// <summary>The verdict on a row that was not scored.</summary>
    public static VerifiedPrediction Blank(RecordedRow row, ServerGroup? group, string reason, bool isDamaged = false) => new()
    {
        Prediction = row.Id,
        Time = row.Time,
        ServerGroup = row.ServerGroup,
        Release = row.Release,
        Model = group?.Service.Label ?? "",
        ModelDigest = row.ModelDigest,
        Verdict = Verdict.Impossible,
        Reason = reason,
        IsDamaged = isDamaged,
    };

    private DuckDbResult Query(ScoringFunction scoring, List<ScoringColumn> compared, IReadOnlyList<RecordedRow> rows)
    {
        // A field that changed its type between releases is wider in the view than it was recorded, and comes back to the same bits.
        var arguments = string.Join(", ", scoring.Inputs.Select(input => $"try_cast(input.{DuckDbText.Name(input.Name)} AS {input.SqlType})"));
        var pairs = string.Join(", ", compared.Select(output => $"try_cast(recorded.{DuckDbText.Name(output.Name)} AS {output.SqlType}), answer.output.{DuckDbText.Name(output.Name)}"));
        var ids = string.Join(", ", rows.Select(row => $"'{row.Id}'"));
        var sql =
            $"""
            SELECT id, answer.error, {pairs}
            FROM (SELECT id, output AS recorded, {function}({arguments}) AS answer FROM predictions WHERE {RowReader.DayOf([.. rows.Select(row => row.Id)])} AND id IN ({ids}))
            """;
        try
        {
            return session.Connection.Query(sql, cancellationToken);
        }
        catch (DuckDbException) when (scoring.Failure is FairleadException failure)
        {
            throw new FairleadException(failure.Kind, failure.Message, failure);
        }
    }

    private VerifiedPrediction Judge(RecordedRow row, IReadOnlyList<string> compared, IReadOnlyList<string> hidden, string? error, Func<int, (object? Recorded, object? Replayed)> values)
    {
        if (error is not null)
            return IsOfTheLog(error) ? Blank(row, group, error) : Blank(row, group, $"it was answered then and fails now: {error}") with { Verdict = Verdict.Different };
        var differences = new List<OutputDifference>();
        for (var i = 0; i < compared.Count; i++)
        {
            var (recorded, replayed) = values(i);
            if (compared[i] == CallSignature.Bytes && IsBodyKept(compared, values))
                continue;
            if (group.Service.Command is null || !IsSameJson(recorded, replayed))
                BitComparison.Compare(compared[i], recorded, replayed, differences);
        }

        var (verdict, reason) = Weigh(row, differences);
        return Blank(row, group, "") with { Verdict = verdict, Reason = reason, Compared = compared, NotCompared = hidden, Differences = differences };
    }

    /// <summary>Then that is what is compared: how many bytes it took on its way depends on compression, and in JSON on blanks.</summary>
    private bool IsBodyKept(IReadOnlyList<string> compared, Func<int, (object? Recorded, object? Replayed)> values)
    {
        for (var i = 0; group.Service.Command is not null && i < compared.Count; i++)
        {
            if (compared[i] == CallSignature.Body)
                return TextOf(values(i).Recorded) is { Length: > 0 };
        }

        return false;
    }

    private (Verdict Verdict, string? Reason) Weigh(RecordedRow row, List<OutputDifference> differences)
    {
        if (differences.Count == 0)
            return (Verdict.Identical, null);
        var isSmall = differences.Count < BitComparison.Most && differences.All(difference => difference.Ulps <= RoundingUlps);
        if (group.Service.Command is not null)
            return (Verdict.Different, $"{Names(differences)} came out otherwise than recorded, which a program may do that answers by the time, at random or by what it keeps");
        if (isSmall && (row.IsOfMany || group.Service.Batch is not null))
            return (Verdict.Rounding, "the host scored it among other rows, where some models round the last bits otherwise");
        return (Verdict.Different, $"{Names(differences)} came out otherwise than recorded");
    }

    // The order of members and blanks between them say nothing.
    private static bool IsSameJson(object? recorded, object? replayed)
    {
        if (recorded is not object?[] and not string || replayed is not object?[] and not string)
            return false;
        try
        {
            using var left = JsonDocument.Parse(TextOf(recorded));
            using var right = JsonDocument.Parse(TextOf(replayed));
            return JsonElement.DeepEquals(left.RootElement, right.RootElement);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string TextOf(object? value) => value as string ?? (value is object?[] { Length: 1 } list ? list[0] as string : null) ?? "";

    private static string Names(List<OutputDifference> differences) =>
        string.Join(" and ", differences.Select(difference => $"'{difference.Output}'").Distinct(StringComparer.Ordinal));

    private static bool IsOfTheLog(string error) =>
        error.StartsWith(ScoringFunction.NoInputs, StringComparison.Ordinal) || error.StartsWith(ScoringFunction.MissingInput, StringComparison.Ordinal);

    private HashSet<string> FieldsOf(string column)
    {
        using var result = session.Connection.Query($"SELECT {column} FROM predictions LIMIT 0", cancellationToken);
        return [.. result.Columns[0].Type.Fields.Select(field => field.Name)];
    }
}
