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
}
