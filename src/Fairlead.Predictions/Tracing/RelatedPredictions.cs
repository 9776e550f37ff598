using System.Globalization;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing;

/// <summary>Finds the other answers to the row that a prediction answers: a shadow's rows carry the request of the live ones.</summary>
internal static class RelatedPredictions
{
    // More shadows than anyone runs beside one another.
    private const int Most = 100;
    private static readonly TimeSpan Around = TimeSpan.FromHours(1);

    public static IReadOnlyList<RelatedPrediction> Find(LookupSession session, Prediction prediction)
    {
        var condition = string.Create(
            CultureInfo.InvariantCulture,
            $"service = {DuckDbText.Literal(prediction.Service)} AND request = '{prediction.Request}'::UUID AND \"row\" = {prediction.Row} AND id <> '{prediction.Id}'::UUID");
        var rows = session.Read("id::VARCHAR, \"role\", server_group, status", condition, prediction.Time - Around, prediction.Time + Around, Most);
        return
        [
            .. rows.Select(row => new RelatedPrediction(
                PredictionId.Parse((string)row[0]!),
                Enum.Parse<PredictionRole>((string)row[1]!, ignoreCase: true),
                (string)row[2]!,
                Convert.ToInt32(row[3], CultureInfo.InvariantCulture))),
        ];
    }
}
