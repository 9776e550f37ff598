using System.Text;
using System.Text.Json.Nodes;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Canary;
using Fairlead.ProjectFile.Reading;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile;

/// <summary>Reads configurations of canaries, in YAML or JSON and in Kayenta's field names, and reports everything that is wrong at once.</summary>
public static class CanaryConfigReader
{
    /// <summary>Bytes of UTF-8 that a configuration may have.</summary>
    public const int MaxBytes = 1 << 20;

    /// <summary>
    /// The configuration as JSON that the judge's own reader takes as it is, or null with every problem. What Kayenta needs to fetch metrics is let pass and left out;
    /// <c>judge: NAME</c> and thresholds at the top are short for the nested forms.
    /// </summary>
    public static (JsonObject? Config, IReadOnlyList<ProjectProblem> Problems) Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var problems = new ProblemList();
        var config = Read(text.TrimStart('\uFEFF'), problems);
        return problems.IsEmpty ? (config, []) : (null, problems.ToList());
    }

    private static JsonObject? Read(string text, ProblemList problems)
    {
        // JSON may be indented by tabs, which YAML refuses; within its strings none can be.
        if (text.AsSpan().TrimStart().StartsWith("{"))
            text = text.Replace('\t', ' ');
        if (text.Length > MaxBytes || Encoding.UTF8.GetByteCount(text) > MaxBytes)
            problems.Add(Place.Start, $"the file is larger than {MaxBytes / 1024} KiB; no configuration of a canary needs that");
        else if (Characters.FindRefused(text) is { } refused)
            problems.Add(refused.Place, $"the character U+{(int)refused.Character:X4} may not be in a YAML file; remove it, or write it as an escape in double quotes");
        else if (YamlComposer.Compose(text, problems) is { } root && root is not YamlScalar { IsNull: true })
            return new CanaryConfigBuilder(new FieldReader(problems), problems).Build(root);
        else if (problems.IsEmpty)
            problems.Add(Place.Start, "the file is empty; begin with 'metrics:'");
        return null;
    }
}
