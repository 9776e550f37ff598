using System.Text.Json;

namespace Fairlead.Conformance.Rules.Rest.Statistics;

/// <summary>Reads a model's counters.</summary>
internal static class Counts
{
    /// <summary>A number of the first version's statistics; -1 when it is not there.</summary>
    public static async Task<long> ReadAsync(Target target, string model, string path, CancellationToken cancellationToken)
    {
        var answer = await target.Rest.GetAsync($"/v2/models/{target.Require(model)}/stats", cancellationToken);
        return answer.At($"model_stats/0/{path}") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var value) ? value : -1;
    }
}
