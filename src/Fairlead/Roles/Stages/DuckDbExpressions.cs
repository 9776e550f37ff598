using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query.Workers;

namespace Fairlead.Roles.Stages;

/// <summary>
/// Evaluates conditions and values in a database of their own, which sees no file, no network and no setting. Simple ones are evaluated here, within a millisecond or two;
/// those that could take all time or memory, in a process that is ended when they do.
/// </summary>
/// <param name="limit">How long one may take.</param>
internal sealed class DuckDbExpressions(ExpressionWorker worker, TimeProvider time, TimeSpan? limit = null) : IExpressionEvaluator, IValueEvaluator
{
    private const int Longest = 10_000;
    private readonly TimeSpan limit = limit ?? TimeSpan.FromSeconds(10);
    private static readonly Dictionary<string, string> Settings = new()
    {
        ["enable_external_access"] = "false",
        ["lock_configuration"] = "true",
        ["memory_limit"] = "128MB",
        ["threads"] = "1",
    };

    public Task<bool> EvaluateAsync(string expression, JsonElement data, CancellationToken cancellationToken) =>
        Task.Run(() => Evaluate("condition", expression, "boolean", data, cancellationToken) is true, cancellationToken);

    public Task<IReadOnlyList<bool>> EvaluateManyAsync(string expression, IReadOnlyList<JsonElement> data, CancellationToken cancellationToken) =>
        data.Count == 0 ? Task.FromResult<IReadOnlyList<bool>>([]) : Task.Run<IReadOnlyList<bool>>(() => EvaluateMany(expression, data, cancellationToken), cancellationToken);

    public async Task<JsonElement?> ComputeAsync(string expression, JsonElement data, CancellationToken cancellationToken)
    {
        var json = await Task.Run(() => Evaluate("value", expression, "json", data, cancellationToken) as string, cancellationToken);
        if (json is null)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => document.RootElement.Clone(),
            _ => throw FairleadException.Invalid($"The value '{expression}' is {document.RootElement.ValueKind.ToString().ToLowerInvariant()}; let it be one text, number or boolean."),
        };
    }

    /// <summary>Those of the same types together, in one statement.</summary>
    private bool[] EvaluateMany(string expression, IReadOnlyList<JsonElement> data, CancellationToken cancellationToken)
    {
        var answers = new bool[data.Count];
        foreach (var alike in Enumerable.Range(0, data.Count).GroupBy(index => Structure(data[index])!.ToJsonString(), StringComparer.Ordinal))
        {
            var rows = $"[{string.Join(',', alike.Select(index => data[index].GetRawText()))}]";
            var sql = $"select (\n{expression}\n)::boolean from (select unnest(item) from (select unnest(from_json($1, $2)) as item))";
            var values = Query("condition", expression, sql, rows, $"[{alike.Key}]", cancellationToken);
            foreach (var (index, value) in alike.Zip(values))
                answers[index] = value is true;
        }

        return answers;
    }

    /// <param name="what">Either a condition, or a value that is given as JSON.</param>
    private object? Evaluate(string what, string expression, string type, JsonElement data, CancellationToken cancellationToken)
    {
        var sql = type == "json"
            ? $"select to_json((\n{expression}\n))::varchar from (select unnest(from_json($1, $2)))"
            : $"select (\n{expression}\n)::{type} from (select unnest(from_json($1, $2)))";
        return Query(what, expression, sql, data.GetRawText(), Structure(data)!.ToJsonString(), cancellationToken).FirstOrDefault();
    }

    /// <returns>The first column of each row.</returns>
    private IReadOnlyList<object?> Query(string what, string expression, string sql, string data, string structure, CancellationToken cancellationToken)
    {
        if (expression.Length > Longest)
            throw FairleadException.Invalid($"A {what} has {expression.Length} characters, and {Longest} at most are accepted; make it shorter.");
        try
        {
            return SimpleExpression.Is(expression)
                ? QueryHere(what, expression, sql, data, structure, cancellationToken)
                : worker.Compute(sql, [data, structure], limit, time, cancellationToken);
        }
        catch (DuckDbException e) when (e.Kind != DuckDbErrorKind.OutOfMemory)
        {
            throw FairleadException.Invalid($"The {what} '{expression}' cannot be evaluated: {e.Message.Split('\n')[0]}");
        }
        catch (Exception e) when (e is DuckDbException or FairleadException { Kind: ProblemKind.Exhausted })
        {
            throw FairleadException.Invalid($"The {what} '{expression}' takes more memory than it may; make it simpler.");
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw FairleadException.Invalid($"The {what} '{expression}' takes longer than {limit.TotalSeconds:0.#} s; make it simpler.");
        }
    }

    private List<object?> QueryHere(string what, string expression, string sql, string data, string structure, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var timer = time.CreateTimer(_ => over.Cancel(), null, limit, Timeout.InfiniteTimeSpan);
        using var database = DuckDbDatabase.OpenInMemory(Settings);
        using var connection = database.Connect();
        if (connection.CountStatements(sql) != 1)
            throw FairleadException.Invalid($"The {what} '{expression}' is more than one expression; write one.");
        using var result = connection.Query(sql, over.Token, data, structure);
        var values = new List<object?>();
        while (result.Read(over.Token))
            values.Add(result.Value(0));
        return values;
    }

    /// <summary>The types of the data, in the form that the database reads JSON by.</summary>
    private static JsonNode? Structure(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object when value.EnumerateObject().Any() => Members(value),
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.String) => new JsonArray(JsonValue.Create("VARCHAR")),
        JsonValueKind.Array when value.GetArrayLength() > 0 && value.EnumerateArray().All(item => item.ValueKind is JsonValueKind.Number) => new JsonArray(JsonValue.Create("DOUBLE")),
        JsonValueKind.Number => JsonValue.Create("DOUBLE"),
        JsonValueKind.True or JsonValueKind.False => JsonValue.Create("BOOLEAN"),
        JsonValueKind.String => JsonValue.Create("VARCHAR"),
        _ => JsonValue.Create("JSON"),
    };

    // Columns and fields are found whatever their case, so that of two names that differ in case alone only the first can be.
    private static JsonObject Members(JsonElement value)
    {
        var made = new JsonObject();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in value.EnumerateObject())
        {
            if (member.Name.Length > 0 && seen.Add(member.Name))
                made[member.Name] = Structure(member.Value);
        }

        return made;
    }
}
