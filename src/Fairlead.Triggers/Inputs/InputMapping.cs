using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;

namespace Fairlead.Triggers.Inputs;

/// <summary>Makes inputs of a pipeline out of what a trigger tells: constants, <c>${{ trigger.… }}</c> alone or within text, and <c>{ sql: … }</c>.</summary>
internal sealed partial class InputMapping(IValueEvaluator evaluator)
{
    /// <param name="inputs">An object, as the project file has it; null for none.</param>
    /// <param name="data">An object with the member <c>trigger</c>.</param>
    /// <exception cref="FairleadException">Invalid: something that is named does not exist, or does not evaluate.</exception>
    public async Task<IReadOnlyDictionary<string, JsonElement>> ComputeAsync(JsonElement? inputs, JsonElement data, CancellationToken cancellationToken)
    {
        var made = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (inputs is not { ValueKind: JsonValueKind.Object } given)
            return made;
        foreach (var input in given.EnumerateObject())
        {
            if (await ComputeAsync(input.Name, input.Value, data, cancellationToken).ConfigureAwait(false) is { } value)
                made[input.Name] = value;
        }

        return made;
    }

    private async Task<JsonElement?> ComputeAsync(string name, JsonElement value, JsonElement data, CancellationToken cancellationToken)
    {
        if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("sql", out var sql))
            return await evaluator.ComputeAsync(sql.GetString()!, data, cancellationToken).ConfigureAwait(false);
        if (value.ValueKind != JsonValueKind.String)
            return value.ValueKind == JsonValueKind.Null ? null : value;
        var text = value.GetString()!;
        var only = Placeholder().Match(text);
        return only.Success && only.Length == text.Length ? Find(name, only, data) : JsonSerializer.SerializeToElement(Fill(name, text, data), CursorJson.Default.String);
    }

    private static string Fill(string name, string text, JsonElement data)
    {
        var made = new StringBuilder();
        var end = 0;
        foreach (Match match in Placeholder().Matches(text))
        {
            made.Append(text, end, match.Index - end).Append(Find(name, match, data));
            end = match.Index + match.Length;
        }

        return made.Append(text, end, text.Length - end).ToString();
    }

    private static JsonElement Find(string input, Match match, JsonElement data)
    {
        var value = data;
        foreach (var name in match.Groups["path"].Value.Split('.'))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty(name, out value))
                throw FairleadException.Invalid($"The input '{input}' is '{match.Value}', and the trigger told of no '{name}'; correct 'inputs' of the trigger, or what it is sent.");
        }

        return value;
    }

    [GeneratedRegex(@"\$\{\{\s*(?<path>trigger(?:\.[A-Za-z0-9_-]+)*)\s*\}\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Placeholder();
}
