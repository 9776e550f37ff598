using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Endpoints;

/// <summary>A query as it was asked for, read from a body or from an address.</summary>
internal sealed record QueryRequest(string Sql, QueryOptions Options)
{
    private const double LongestSeconds = 3600;

    /// <exception cref="FairleadException">Invalid, naming what is wrong; NotFound for a saved query that there is not.</exception>
    public static async Task<QueryRequest> FromAsync(QueryBody body, SavedQueries saved, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Sql) == string.IsNullOrWhiteSpace(body.Name))
            throw FairleadException.Invalid("The body needs one of 'sql' and 'name'; send {\"sql\": \"select …\"}, or the name of a saved query.");
        if (body.Limit is < 1)
            throw FairleadException.Invalid($"The limit '{body.Limit}' is not accepted; expected 1 or more.");
        if (body.Timeout is { } seconds && !(seconds > 0 && seconds <= LongestSeconds))
            throw FairleadException.Invalid($"The timeout '{seconds}' is not accepted; expected more than 0 and at most {LongestSeconds} seconds.");
        var options = new QueryOptions { Limit = body.Limit, SkipDamaged = body.SkipDamaged };
        if (body.Timeout is { } given)
            options = options with { Timeout = TimeSpan.FromSeconds(given) };
        if (body.Parameters is { } parameters)
            options = options with { Parameters = parameters.ToDictionary(pair => pair.Key, pair => ValueOf(pair.Key, pair.Value), StringComparer.OrdinalIgnoreCase) };
        return new QueryRequest(body.Name is null ? body.Sql! : (await saved.GetAsync(body.Name, cancellationToken)).Sql, options);
    }

    private static object? ValueOf(string name, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? whole : value.GetDouble(),
        _ => throw FairleadException.Invalid($"The value of the parameter '${name}' is no scalar; send a text, a number, true, false or null."),
    };
}
