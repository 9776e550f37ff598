using System.Globalization;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Tracing;

/// <summary>Counts the recorded predictions of every server group, by one query.</summary>
internal sealed class PredictionCounts(PredictionQuery predictions)
{
    private const string Counts = """SELECT server_group, count(*), epoch_us(min("time")), epoch_us(max("time")) FROM predictions GROUP BY server_group""";

    public async Task<IReadOnlyDictionary<string, GroupPredictions>> ReadAsync(CancellationToken cancellationToken)
    {
        var counts = new Dictionary<string, GroupPredictions>(StringComparer.Ordinal);
        var result = await predictions.RunAsync(Counts, new QueryOptions(), cancellationToken).ConfigureAwait(false);
        await using (result.ConfigureAwait(false))
        {
            await foreach (var row in result.ReadRowsAsync(cancellationToken).ConfigureAwait(false))
                counts[(string)row[0]!] = new GroupPredictions(Convert.ToInt64(row[1], CultureInfo.InvariantCulture), Time(row[2]), Time(row[3]));
        }

        return counts;
    }

    private static DateTimeOffset Time(object? micros) => DateTimeOffset.UnixEpoch.AddMicroseconds(Convert.ToInt64(micros, CultureInfo.InvariantCulture));
}
