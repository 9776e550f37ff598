using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Rebuilding;

/// <summary>The step that a run executed, put together from its record: the project file may have said something else since.</summary>
internal static class RecordedStep
{
    private const string SqlCommand = "sql: ";

    /// <param name="timeout">The record holds none.</param>
    public static StepDefinition Of(Run run, TimeSpan timeout)
    {
        var isSql = run.KeyParts.Any(part => part.Name == KeyParts.Script);
        return new StepDefinition
        {
            Name = run.Id.Step,
            Run = isSql ? null : run.Command,
            Sql = isSql ? run.Command[SqlCommand.Length..] : null,
            Code = [.. Named(run, KeyParts.CodePrefix).Select(part => part.Name)],
            Inputs = [.. run.Inputs.Select(InputOf)],
            Parameters = run.Parameters,
            Outputs = [.. run.Outputs.Select(output => output.Name)],
            Metrics = ValueOf(run, KeyParts.Metrics),
            Environment = Named(run, KeyParts.EnvironmentPrefix).ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal),
            Tools = [.. Named(run, KeyParts.ToolPrefix).Select(part => part.Name)],
            Timeout = timeout,
        };
    }

    public static string? ValueOf(Run run, string part) => run.KeyParts.FirstOrDefault(known => known.Name == part)?.Value;

    /// <summary>The parts of a family, without its prefix.</summary>
    public static IEnumerable<(string Name, string Value)> Named(Run run, string prefix) =>
        run.KeyParts.Where(part => part.Name.StartsWith(prefix, StringComparison.Ordinal)).Select(part => (part.Name[prefix.Length..], part.Value));

    private static StepInput InputOf(RunInput input)
    {
        if (input.Run is null)
            return new StepInput(input.Name, input.Source[(input.Source.IndexOf(':', StringComparison.Ordinal) + 1)..], null, null);
        var slash = input.Source.IndexOf('/', StringComparison.Ordinal);
        return new StepInput(input.Name, null, input.Source[..slash], input.Source[(slash + 1)..]);
    }
}
