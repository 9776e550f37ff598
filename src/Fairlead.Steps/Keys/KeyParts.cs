using System.Runtime.InteropServices;
using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Execution;

namespace Fairlead.Steps.Keys;

/// <summary>What a step's result can depend on, part by part.</summary>
internal static class KeyParts
{
    public const string CodePrefix = "code:";
    public const string InputPrefix = "input:";
    public const string ParameterPrefix = "param:";
    public const string EnvironmentPrefix = "env:";
    public const string ToolPrefix = "tool:";
    public const string Script = "sql";
    public const string Engine = "engine";
    public const string Metrics = "metrics";
    public const string PlatformName = "platform";
    public const string LockPrefix = "lock:";
    public const string SandboxName = "sandbox";
    public const string Image = "image";

    /// <param name="sqlEngine">Version line of the SQL engine; enters the keys of SQL steps only.</param>
    public static StepKey Compute(StepDefinition step, StepSources sources, IReadOnlyList<RunInput> inputs, string? sqlEngine)
    {
        var parts = Collect(step, sources, inputs, sqlEngine).OrderBy(part => part.Name, StringComparer.Ordinal).ToArray();
        return new StepKey(KeyEncoding.Hash(parts), parts);
    }

    /// <summary>The kind of the sandbox that a key was made for.</summary>
    public static string SandboxNameIn(IEnumerable<KeyPart> parts) => parts.FirstOrDefault(part => part.Name == SandboxName)?.Value.Split(' ')[0] ?? "none";

    private static IEnumerable<KeyPart> Collect(StepDefinition step, StepSources sources, IReadOnlyList<RunInput> inputs, string? sqlEngine)
    {
        if (step.Sql is { } script)
        {
            yield return new KeyPart(Script, Digest.Of(sources.Scripts[script]).ToString());
            yield return new KeyPart(Engine, sqlEngine ?? "unknown");
        }
        else
        {
            yield return new KeyPart("command", step.Run!);
        }

        foreach (var path in step.Code.Distinct(StringComparer.Ordinal))
            yield return new KeyPart(CodePrefix + path, sources.Code[path].Digest.ToString());
        foreach (var input in inputs)
            yield return new KeyPart(InputPrefix + input.Name, input.Artifact.Digest.ToString());
        foreach (var (name, value) in step.Parameters)
            yield return new KeyPart(ParameterPrefix + name, Canonical(value));
        foreach (var (name, value) in step.Environment)
            yield return new KeyPart(EnvironmentPrefix + name, value);
        foreach (var tool in step.Tools.Distinct(StringComparer.Ordinal))
            yield return new KeyPart(ToolPrefix + tool, sources.Tools[tool]);
        yield return new KeyPart("outputs", CanonicalList(step.Outputs));
        if (step.Metrics is { } metrics)
            yield return new KeyPart(Metrics, metrics);
        yield return new KeyPart(PlatformName, Platform());
        foreach (var path in step.LockFiles)
            yield return new KeyPart(LockPrefix + path, sources.LockFiles[path].ToString());
        var plan = sources.Machine.PlanOf(step);
        yield return new KeyPart(SandboxName, plan.KeyValue);
        if (plan.ImageDigest is { } image)
            yield return new KeyPart(Image, image);
    }

    /// <summary>Strings in one spelling whatever their escapes were; numbers as written, since the step sees them as written.</summary>
    private static string Canonical(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? JsonSerializer.Serialize(value.GetString()!, StepsJson.Default.String) : value.GetRawText();

    private static string CanonicalList(IEnumerable<string> names) =>
        JsonSerializer.Serialize([.. names.Order(StringComparer.Ordinal)], StepsJson.Default.StringArray);

    public static string Platform()
    {
        var system = OperatingSystem.IsMacOS() ? "macos" : OperatingSystem.IsLinux() ? "linux" : "other";
        return $"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
    }
}
