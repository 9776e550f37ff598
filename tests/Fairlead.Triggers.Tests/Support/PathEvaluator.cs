using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Tests.Support;

/// <summary>Understands <c>path</c> and <c>path = 'text'</c>: what is needed to see that expressions are asked with the right data.</summary>
internal sealed class PathEvaluator : IExpressionEvaluator, IValueEvaluator
{
    public Task<bool> EvaluateAsync(string expression, JsonElement data, CancellationToken cancellationToken)
    {
        var parts = expression.Split(" = ");
        return Task.FromResult(Find(parts[0], data).ToString() == parts[1].Trim('\''));
    }

    public Task<JsonElement?> ComputeAsync(string expression, JsonElement data, CancellationToken cancellationToken) => Task.FromResult<JsonElement?>(Find(expression, data));

    private static JsonElement Find(string path, JsonElement data)
    {
        foreach (var name in path.Split('.'))
        {
            if (!data.TryGetProperty(name, out data))
                throw FairleadException.Invalid($"There is no '{path}'.");
        }

        return data;
    }
}
