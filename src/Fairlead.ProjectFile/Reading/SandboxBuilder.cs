using System.Globalization;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Rules;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Reads what a step is kept in, what it may use, and what its tools are.</summary>
internal static class SandboxBuilder
{
    private const string Container = "container";

    /// <summary>What fits together key by key, and not as a whole.</summary>
    public static void Check(string step, YamlMap body, ProblemList problems)
    {
        var isContainer = body.Text(Keys.Sandbox) == Container;
        if (isContainer && body.Scalar(Keys.Image) is null)
            problems.Add(body.Find(Keys.Sandbox)!.Key.Place, $"step '{step}' runs in a container and names no image; add 'image'");
        if (!isContainer && body.Find(Keys.Image) is { } image)
            problems.Add(image.Key.Place, $"step '{step}' names an image and runs in no container; write 'sandbox: container' or remove 'image'");
        if (isContainer && body.Find(Keys.Sql) is { } sql)
            problems.Add(sql.Key.Place, $"step '{step}' is a SQL step, which no image can execute; remove 'sandbox' and 'image', or use 'run'");
    }

    public static SandboxKind? Kind(YamlMap body) => body.Text(Keys.Sandbox) switch
    {
        "namespace" => SandboxKind.Namespace,
        Container => SandboxKind.Container,
        "none" => SandboxKind.None,
        _ => null,
    };

    public static IReadOnlyList<string> Tools(YamlMap body) =>
        body.Find(Keys.Tools)?.Value is YamlMap tools ? [.. tools.Entries.Select(entry => entry.Key.Value)] : body.List(Keys.Tools).Texts;

    /// <returns>Each once, in the order of the file.</returns>
    public static IReadOnlyList<string> LockFiles(YamlMap body) =>
        [.. body.Map(Keys.Tools).Entries.SelectMany(entry => entry.Value is YamlList files ? files.Texts : []).Distinct(StringComparer.Ordinal)];

    public static StepResources Resources(YamlMap resources) =>
        new()
        {
            Cpu = resources.Scalar(Keys.Cpu) is { } cpu ? CoreSchema.ToJson(cpu).GetDouble() : null,
            Memory = Bytes(resources.Text(Keys.Memory)),
            Pids = resources.Text(Keys.Pids) is { } pids ? int.Parse(pids, CultureInfo.InvariantCulture) : null,
            Disk = Bytes(resources.Text(Keys.Disk)),
        };

    private static long? Bytes(string? size) => size is null ? null : TextFormats.ToBytes(size);
}
