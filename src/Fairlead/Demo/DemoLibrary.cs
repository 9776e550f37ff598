using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile;

namespace Fairlead.Demo;

/// <summary>Where an example and its data lie, and what its script says.</summary>
internal sealed record DemoLibrary(string Example, string Folder, string DataFolder, DemoScript Script)
{
    private const string ScriptFile = "demo.yaml";

    /// <param name="example">Null means the first by name.</param>
    /// <exception cref="FairleadException">NotFound when there is no such example; Invalid when its script cannot be read.</exception>
    public static DemoLibrary Open(string? example)
    {
        var home = Environment.GetEnvironmentVariable("FAIRLEAD_HOME") is { Length: > 0 } folder ? folder : AppContext.BaseDirectory;
        var known = Known(Path.Combine(home, "examples"));
        example ??= known.FirstOrDefault() ?? "";
        if (!known.Contains(example))
            throw FairleadException.NotFound($"There is no demo '{example}' in '{Path.Combine(home, "examples")}'; {NearestName.Hint(example, known)}. Run the demo with the script 'fairlead' of the source folder.");
        var path = Path.Combine(home, "examples", example, ScriptFile);
        var (root, problems) = YamlDocument.Read(File.ReadAllText(path));
        if (root is null)
            throw FairleadException.Invalid(string.Join('\n', problems.Select(problem => $"{path}:{problem}")));
        try
        {
            var script = root.Deserialize(DemoJson.Default.DemoScript)!;
            return new DemoLibrary(example, Path.GetDirectoryName(path)!, Path.Combine(home, "native", "node_modules", "vega-datasets", "data"), script);
        }
        catch (JsonException e)
        {
            throw FairleadException.Invalid($"{path}: {e.Message}");
        }
    }

    private static List<string> Known(string examples) =>
        Directory.Exists(examples)
            ? [.. Directory.EnumerateDirectories(examples).Where(folder => File.Exists(Path.Combine(folder, ScriptFile))).Select(folder => Path.GetFileName(folder)).Order(StringComparer.Ordinal)]
            : [];
}
