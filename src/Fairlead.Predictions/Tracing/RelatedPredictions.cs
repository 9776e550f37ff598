using System.Globalization;
using Fairlead.Domain.Predictions;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing;

/// <summary>Finds the other answers to the row that a prediction answers: a shadow's rows carry the request of the live ones.</summary>
internal sealed class RelatedPredictions(PredictionQuery query)
{
    // More shadows than anyone runs beside one another.
    private const int Most = 100;

    public async Task<IReadOnlyList<RelatedPrediction>> FindAsync(Prediction prediction, CancellationToken cancellationToken)
    {
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            SELECT id::VARCHAR, "role", server_group, status FROM predictions
            WHERE service = '{prediction.Service.Replace("'", "''", StringComparison.Ordinal)}' AND request = '{prediction.Request}' AND "row" = {prediction.Row} AND id <> '{prediction.Id}'
              AND "date" BETWEEN DATE '{prediction.Time.UtcDateTime:yyyy-MM-dd}' - 1 AND DATE '{prediction.Time.UtcDateTime:yyyy-MM-dd}' + 1
              AND "time" BETWEEN TIMESTAMPTZ '{prediction.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z' - INTERVAL 1 HOUR AND TIMESTAMPTZ '{prediction.Time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z' + INTERVAL 1 HOUR
            ORDER BY "time", id
            """);
        var related = new List<RelatedPrediction>();
        var result = await query.RunAsync(sql, new QueryOptions { Limit = Most }, cancellationToken).ConfigureAwait(false);
        await using (result.ConfigureAwait(false))
        {
            await foreach (var row in result.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
            {
                related.Add(new RelatedPrediction(
                    PredictionId.Parse((string)row[0]!),
                    Enum.Parse<PredictionRole>((string)row[1]!, ignoreCase: true),
                    (string)row[2]!,
                    Convert.ToInt32(row[3], CultureInfo.InvariantCulture)));
            }
        }

        return related;
    }
}
