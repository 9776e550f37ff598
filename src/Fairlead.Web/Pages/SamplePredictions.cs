using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines.Judgments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Web.Pages.Views;

namespace Fairlead.Web.Pages;

/// <summary>
/// Reads what the predictions of some evidence were asked and answered, at the moment when somebody looks: evidence is kept for ever, and a person who was
/// erased must not stand in it. Only for those who may see recorded inputs.
/// </summary>
internal sealed class SamplePredictions(PredictionQuery query)
{
    private const string Column = "prediction";
    private const int Most = 20;
    private const int Longest = 400;

    public async Task<IReadOnlyList<SampleRow>> ReadAsync(JudgmentQuestion question, Principal viewer, CancellationToken cancellationToken)
    {
        var ids = question.Evidence.SelectMany(section => IdsOf(section.Data)).Distinct().Take(Most).ToList();
        if (ids.Count == 0 || !viewer.Has(Role.Viewer, environment: null))
            return [];
        var sql = $"SELECT id, input::JSON::VARCHAR, output::JSON::VARCHAR FROM predictions WHERE id IN ({string.Join(", ", ids.Select(id => $"'{id}'"))}) ORDER BY id DESC";
        try
        {
            var rows = new List<SampleRow>();
            var result = await query.RunAsync(sql, new QueryOptions { Limit = Most }, cancellationToken);
            await using (result.ConfigureAwait(false))
            {
                await foreach (var row in result.ReadRowsAsync(cancellationToken))
                    rows.Add(new SampleRow(Convert.ToString(row[0], CultureInfo.InvariantCulture) ?? "", Fields(row[1] as string), Fields(row[2] as string)));
            }

            return rows;
        }
        catch (FairleadException)
        {
            // The judgment can be given without, and each prediction has its page.
            return [];
        }
    }

    private static IEnumerable<PredictionId> IdsOf(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Array)
            yield break;
        foreach (var row in data.EnumerateArray())
        {
            if (row.ValueKind == JsonValueKind.Object && row.TryGetProperty(Column, out var id) && id.ValueKind == JsonValueKind.String && PredictionId.TryParse(id.GetString()!, out var known))
                yield return known;
        }
    }

    /// <summary>Such as "origin JFK, hour 7"; fields of other services are there as nulls.</summary>
    private static string Fields(string? json)
    {
        if (json is null)
            return "";
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return json;
        var text = string.Join(", ", document.RootElement.EnumerateObject().Where(field => field.Value.ValueKind != JsonValueKind.Null).Select(field => $"{field.Name} {PageText.Value(field.Value)}"));
        return text.Length <= Longest ? text : text[..Longest] + "…";
    }
}
