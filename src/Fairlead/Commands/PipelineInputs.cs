using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Planning;

namespace Fairlead.Commands;

/// <summary>Inputs as a command line has them: <c>name=value</c>.</summary>
internal static class PipelineInputs
{
    /// <summary>Values have the types that the pipeline says; what it does not know stays text, and is refused where it is known why.</summary>
    public static Dictionary<string, JsonElement> Parse(IReadOnlyList<string> given, PipelineOverview? pipeline)
    {
        var made = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var text in given)
        {
            var equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals < 1)
                throw FairleadException.Invalid($"'{text}' is no input; write NAME=VALUE, such as 'environment=prod'.");
            var (name, value) = (text[..equals], text[(equals + 1)..]);
            var type = pipeline?.Inputs.FirstOrDefault(input => input.Name == name)?.Type ?? PipelineInputType.Text;
            made[name] = type == PipelineInputType.Text ? JsonSerializer.SerializeToElement(value, PipelineJson.Default.String) : ParseJson(name, value, type);
        }

        return made;
    }

    private static JsonElement ParseJson(string name, string value, PipelineInputType type)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw FairleadException.Invalid($"The input '{name}' is '{value}', which is no {type.ToString().ToLowerInvariant()}; write {(type == PipelineInputType.Number ? "one such as 0.5" : "true or false")}.");
        }
    }
}
