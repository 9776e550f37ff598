using System.Globalization;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Predictions.Query;

namespace Fairlead.Roles.Evidence;

/// <summary>
/// Names the newest predictions of the release, wherever it answered. Evidence is kept for ever, so that nothing of what they were asked and answered stands
/// in it: whoever may see that reads it by their ids.
/// </summary>
internal sealed class SampleEvidence(PredictionQuery query) : IEvidenceSource
{
    private const int Most = 10;

    public string Name => "Sample predictions";

    public async Task<IReadOnlyList<EvidenceSection>> CollectAsync(EvidenceRequest request, CancellationToken cancellationToken)
    {
        if (request.Release is not { } release)
            return [];
        var sql = $"SELECT id, \"time\", environment, server_group, role, status, latency_us FROM predictions WHERE release = '{release}' ORDER BY \"time\" DESC, id DESC LIMIT {Most}";
        var rows = new List<JsonObject>();
        var result = await query.RunAsync(sql, new QueryOptions { Limit = Most }, cancellationToken);
        await using (result.ConfigureAwait(false))
        {
            await foreach (var row in result.ReadRowsAsync(cancellationToken))
            {
                rows.Add(new JsonObject
                {
                    ["prediction"] = Text(row[0]),
                    ["time"] = Text(row[1]),
                    ["environment"] = Text(row[2]),
                    ["server group"] = Text(row[3]),
                    ["role"] = Text(row[4]),
                    ["status"] = Convert.ToInt32(row[5], CultureInfo.InvariantCulture),
                    ["latency ms"] = Convert.ToInt64(row[6], CultureInfo.InvariantCulture) / 1000.0,
                });
            }
        }

        return [new EvidenceSection(Name, EvidenceData.Table(rows)) { Note = rows.Count == 0 ? $"Release {release} has answered nothing yet." : $"The newest answers of release {release}." }];
    }

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
