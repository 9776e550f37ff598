using System.Globalization;
using System.Text.Json;
using Fairlead.Predictions.Query;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Pages;

/// <summary>Reads the newest predictions of all environments for the list.</summary>
internal sealed class LatestPredictions(PredictionQuery query, TimeProvider time)
{
    private const int Shown = 50;
    private const int OutputLength = 80;

    private static readonly string Sql =
        "SELECT id, \"time\", environment, service, server_group, output::JSON::VARCHAR, status, latency_us "
        + $"FROM predictions ORDER BY \"time\" DESC, id DESC LIMIT {Shown}";

    public async Task<IReadOnlyList<PredictionRow>> ReadAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var rows = new List<PredictionRow>();
        var result = await query.RunAsync(Sql, new QueryOptions { Limit = Shown }, cancellationToken);
        await using (result.ConfigureAwait(false))
        {
            await foreach (var row in result.ReadRowsAsync(cancellationToken))
                rows.Add(Describe(row, now));
        }

        return rows;
    }

    private static PredictionRow Describe(object?[] row, DateTimeOffset now) => new(
        Text(row[0]),
        TimeView.Of(DateTimeOffset.Parse(Text(row[1]), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal), now),
        Text(row[2]),
        Text(row[3]),
        Text(row[4]),
        Outputs(row[5] as string),
        StatusView.OfHttp(Convert.ToInt32(row[6], CultureInfo.InvariantCulture)),
        PageText.Latency(Convert.ToInt64(row[7], CultureInfo.InvariantCulture)));

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Such as "late 0.31"; empty for an error.</summary>
    private static string Outputs(string? json)
    {
        if (json is null)
            return "";
        using var document = JsonDocument.Parse(json);
        // Rows of all services are read together, so that the fields of the others are there as nulls.
        var fields = document.RootElement.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null);
        var text = string.Join(", ", fields.Select(field => $"{field.Name} {PageText.Value(field.Value)}"));
        return text.Length <= OutputLength ? text : text[..OutputLength] + "…";
    }
}
