using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>A condition holds unless it is the word false.</summary>
internal sealed class TrueEvaluator : IExpressionEvaluator
{
    public Task<bool> EvaluateAsync(string expression, JsonElement data, CancellationToken cancellationToken) => Task.FromResult(expression != "false");
}
