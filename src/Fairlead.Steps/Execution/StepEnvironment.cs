using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Sandboxes;

namespace Fairlead.Steps.Execution;

/// <summary>Makes the whole environment of a step: what the contract gives and what the step declared, nothing of the user's.</summary>
internal sealed class StepEnvironment
{
    private const string ReservedPrefix = "FAIRLEAD_";
    private readonly Dictionary<string, string> variables = new(StringComparer.Ordinal);
    private readonly StepDefinition step;

    private StepEnvironment(StepDefinition step) => this.step = step;

    /// <summary>Keep the .NET command line from talking and from writing into a home that lasts one run, and tell where the runtime lies: a matter of the machine, as PATH is.</summary>
    public static IReadOnlyDictionary<string, string> DotnetSettings { get; } = ReadDotnetSettings();

    /// <summary>The PATH that steps see: this process's, and the folder of the tool at its end.</summary>
    public static string SearchPath(string? toolPath)
    {
        var path = Environment.GetEnvironmentVariable("PATH") is { Length: > 0 } inherited ? inherited : "/usr/local/bin:/usr/bin:/bin";
        return toolPath is null ? path : $"{path}:{toolPath}";
    }

    /// <param name="run">The run's name.</param>
    /// <exception cref="FairleadException">Invalid when two names give the same variable, or a declared one is reserved.</exception>
    public static IReadOnlyDictionary<string, string> Build(StepDefinition step, string run, StepPlaces places)
    {
        var environment = new StepEnvironment(step);
        environment.AddSystem(places);
        environment.AddContract(run, places);
        environment.AddDeclared();
        return environment.variables;
    }

    private static Dictionary<string, string> ReadDotnetSettings()
    {
        var settings = new Dictionary<string, string>
        {
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_NOLOGO"] = "1",
            ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        };
        if (Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } runtime)
            settings["DOTNET_ROOT"] = runtime;
        return settings;
    }

    private void AddSystem(StepPlaces places)
    {
        Add("HOME", places.Home);
        Add("TMPDIR", places.Temp);
        Add("LANG", "C.UTF-8");
        Add("TZ", "UTC");
        // An image brings its own PATH and its own runtime.
        if (!places.HasMachinePath)
            return;
        Add("PATH", SearchPath(places.ToolPath));
        foreach (var (name, value) in DotnetSettings)
            Add(name, value);
    }

    private void AddContract(string run, StepPlaces places)
    {
        Add("FAIRLEAD_STEP", step.Family);
        Add("FAIRLEAD_RUN", run);
        Add(ProcessTree.Marker, places.Outputs);
        foreach (var input in step.Inputs)
            Add("FAIRLEAD_IN_" + Spell(input.Name), Path.Combine(places.Inputs, input.Name));
        foreach (var output in step.Outputs)
            Add("FAIRLEAD_OUT_" + Spell(output.TrimEnd('/')), Path.Combine(places.Outputs, output));
        foreach (var (name, value) in step.Parameters)
            Add("FAIRLEAD_PARAM_" + Spell(name), value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
    }

    private void AddDeclared()
    {
        foreach (var (name, value) in step.Environment)
        {
            if (name.StartsWith(ReservedPrefix, StringComparison.Ordinal))
                throw FairleadException.Invalid($"Step '{step.Name}' declares the environment variable '{name}', but names with '{ReservedPrefix}' are reserved; choose another.");
            variables.Remove(name);
            Add(name, value);
        }
    }

    private void Add(string name, string value)
    {
        if (value.Contains('\0'))
            throw FairleadException.Invalid($"Step '{step.Name}' would get the environment variable '{name}' with a NUL character, which none can hold; remove it.");
        if (!variables.TryAdd(name, value))
            throw FairleadException.Invalid($"Step '{step.Name}' has two names that both become the environment variable '{name}'; rename one.");
    }

    private static string Spell(string name) =>
        string.Create(name.Length, name, (target, source) =>
        {
            for (var index = 0; index < source.Length; index++)
                target[index] = char.IsAsciiLetterOrDigit(source[index]) ? char.ToUpperInvariant(source[index]) : '_';
        });
}
