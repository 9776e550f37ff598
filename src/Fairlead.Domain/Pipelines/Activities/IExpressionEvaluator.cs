using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>The seam to conditions in SQL.</summary>
public interface IExpressionEvaluator
{
    /// <summary>Evaluates a condition; unknown (null) counts as not true.</summary>
    /// <param name="data">An object whose members the expression finds as columns.</param>
    /// <exception cref="FairleadException">Invalid: it does not evaluate to true or false.</exception>
    Task<bool> EvaluateAsync(string expression, JsonElement data, CancellationToken cancellationToken);

    /// <summary>Evaluates a condition over each of many objects with the same members.</summary>
    /// <returns>In their order.</returns>
    /// <exception cref="FairleadException">Invalid: it does not evaluate to true or false.</exception>
    async Task<IReadOnlyList<bool>> EvaluateManyAsync(string expression, IReadOnlyList<JsonElement> data, CancellationToken cancellationToken)
    {
        var answers = new bool[data.Count];
        for (var index = 0; index < data.Count; index++)
            answers[index] = await EvaluateAsync(expression, data[index], cancellationToken).ConfigureAwait(false);
        return answers;
    }
}
