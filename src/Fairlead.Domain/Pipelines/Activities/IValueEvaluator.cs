using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>The seam to values in SQL.</summary>
public interface IValueEvaluator
{
    /// <summary>Computes a value.</summary>
    /// <param name="data">An object whose members the expression finds as columns.</param>
    /// <returns>A text, a number or a boolean as JSON; null for no value.</returns>
    /// <exception cref="FairleadException">Invalid: it does not evaluate.</exception>
    Task<JsonElement?> ComputeAsync(string expression, JsonElement data, CancellationToken cancellationToken);
}
