using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Rebuilding;

/// <summary>The step that a run executed, put together from its record: the project file may have said something else since.</summary>
internal static class RecordedStep
{
    private const string SqlCommand = "sql: ";

    /// <param name="timeout">The record holds none.</param>
    /// <param name="resources">Nor these.</param>
    public static StepDefinition Of(Run run, TimeSpan timeout, StepResources resources)
    {
        var isSql = run.KeyParts.Any(part => part.Name == KeyParts.Script);
        return new StepDefinition
        {
            Name = run.Id.Step,
            Run = isSql ? null : run.Command,
            Sql = isSql ? run.Command[SqlCommand.Length..] : null,
            Code = [.. Named(run, KeyParts.CodePrefix).Select(part => part.Name)],
            Inputs = [.. run.Inputs.GroupBy(input => input.Name.Split('/')[0], StringComparer.Ordinal).Select(InputOf)],
            Parameters = run.Parameters,
            Outputs = [.. run.Outputs.Select(output => output.Name)],
            Metrics = ValueOf(run, KeyParts.Metrics),
            Environment = Named(run, KeyParts.EnvironmentPrefix).ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal),
            Tools = [.. Named(run, KeyParts.ToolPrefix).Select(part => part.Name)],
            Sandbox = SandboxOf(ValueOf(run, KeyParts.SandboxName)),
            HasNetwork = ValueOf(run, KeyParts.SandboxName)?.EndsWith(" network", StringComparison.Ordinal) == true,
            Image = run.SandboxFacts?.Image,
            Variant = run.Variant,
            Resources = resources,
            Timeout = timeout,
        };
    }

    public static string? ValueOf(Run run, string part) => run.KeyParts.FirstOrDefault(known => known.Name == part)?.Value;

    /// <summary>The parts of a family, without its prefix.</summary>
    public static IEnumerable<(string Name, string Value)> Named(Run run, string prefix) =>
        run.KeyParts.Where(part => part.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(part => (part.Name[prefix.Length..], part.Value));

    /// <summary>The step, with its variant, and the output that a source such as <c>train[customer=acme]/model.onnx</c> names.</summary>
    public static (string Step, string Output) Split(string source)
    {
        // A value of an axis may hold a slash.
        var bracket = source.IndexOf("]/", StringComparison.Ordinal);
        var slash = bracket >= 0 ? bracket + 1 : source.IndexOf('/', StringComparison.Ordinal);
        return (source[..slash], source[(slash + 1)..]);
    }

    /// <param name="read">One, or all that were read together under one name.</param>
    private static StepInput InputOf(IGrouping<string, RunInput> read)
    {
        var first = read.First();
        if (first.Run is null)
            return new StepInput(read.Key, first.Source[(first.Source.IndexOf(':', StringComparison.Ordinal) + 1)..], null, null);
        var (step, output) = Split(first.Source);
        if (first.Name == read.Key)
            return new StepInput(read.Key, null, step, output);
        return new StepInput(read.Key, null, $"{step.Split('[')[0]}[*]", output)
        {
            FanIn = [.. read.Select(input => new StepVariant(Split(input.Source).Step, input.Name[(read.Key.Length + 1)..]))],
        };
    }

    /// <summary>Runs of before there were sandboxes had none.</summary>
    private static SandboxKind SandboxOf(string? recorded) => recorded?.Split(' ')[0] switch
    {
        "namespace" => SandboxKind.Namespace,
        "container" => SandboxKind.Container,
        _ => SandboxKind.None,
    };
}
