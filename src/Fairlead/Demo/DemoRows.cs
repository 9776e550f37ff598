using System.Text.Json;
using Fairlead.Client;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Demo;

/// <summary>Makes requests out of the rows that a demo's SQL selects from its dataset.</summary>
internal static class DemoRows
{
    /// <param name="data">The dataset's file.</param>
    public static IReadOnlyList<DemoRow> Read(DemoScript script, string data, ModelMetadata metadata, CancellationToken cancellationToken)
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        try
        {
            connection.Execute($"create view {DuckDbText.Name(script.Dataset.Name)} as select * from {DuckDbRowFiles.ReaderOf(data)}", cancellationToken);
            using var result = connection.Query($"select to_json(r)::varchar from ({script.Traffic.Sql}) r", cancellationToken);
            var rows = new List<DemoRow>(script.Traffic.Rows);
            while (rows.Count < script.Traffic.Rows && result.Read(cancellationToken))
                rows.Add(ToRow(script, metadata, (string)result.Value(0)!));
            return rows;
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Failed($"The demo's rows could not be read: {e.Message}");
        }
    }

    /// <summary>Rows of a dataset file.</summary>
    public static long Count(string data)
    {
        using var database = DuckDbDatabase.OpenInMemory();
        using var connection = database.Connect();
        return Convert.ToInt64(connection.Scalar($"select count(*) from {DuckDbRowFiles.ReaderOf(data)}"));
    }

    private static DemoRow ToRow(DemoScript script, ModelMetadata metadata, string json)
    {
        using var document = JsonDocument.Parse(json);
        var row = document.RootElement;
        var outcome = script.Traffic.Outcome.ToDictionary(field => field.Key, field => Column(row, field.Value));
        return new DemoRow(
            InferBody.Write(script.Service, metadata, row),
            Column(row, script.Traffic.Unit).ToString(),
            JsonSerializer.SerializeToElement(outcome, DemoJson.Default.DictionaryStringJsonElement));
    }

    private static JsonElement Column(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value)
            ? value
            : throw FairleadException.Invalid($"The demo's SQL has no column '{name}'; {NearestName.Hint(name, [.. row.EnumerateObject().Select(member => member.Name)])}.");
}
