using System.Collections.Concurrent;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;

namespace Fairlead.Predictions.Outcomes;

/// <summary>Knows which fields of the recorded outcomes hold numbers. One text makes a text of the whole field, for everyone who reads it, so that none may come among them.</summary>
public sealed class OutcomeNumbers(PredictionAnalysis analysis)
{
    // A field that holds texts goes on to: so that they are posted without asking again.
    private readonly ConcurrentDictionary<string, bool> texts = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Those of some fields of which nothing but numbers is recorded; names are told apart without case.</summary>
    internal async Task<IReadOnlySet<string>> AmongAsync(IEnumerable<string> fields, CancellationToken cancellationToken)
    {
        var numbers = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var asked = fields.Where(field => !texts.ContainsKey(field)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (asked.Count == 0 || !await analysis.HasOutcomesAsync(cancellationToken).ConfigureAwait(false))
            return numbers;
        foreach (var field in await ReadFieldsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (field.Type.Kind == DuckDbTypeKind.Varchar)
                texts[field.Name] = true;
            else if (field.Type.Kind == DuckDbTypeKind.Double)
                numbers.Add(field.Name);
        }

        asked.IntersectWith(numbers);
        return asked;
    }

    private async Task<IReadOnlyList<DuckDbField>> ReadFieldsAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var session = await analysis.OpenAsync(1, cancellationToken).ConfigureAwait(false);
            using var outcomes = session.Connection.Query("SELECT outcome FROM outcomes LIMIT 0", cancellationToken);
            return outcomes.Columns[0].Type.Fields;
        }
        catch (Exception e) when (e is DuckDbException or FairleadException or IOException)
        {
            // A damaged file is told of by others, and keeps no outcome out.
            return [];
        }
    }
}
