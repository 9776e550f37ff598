using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Execution;

/// <summary>The folder of one run: what the step sees, and beside it what the engine needs.</summary>
internal sealed class WorkFolder
{
    public const string ScriptName = "step.sql";
    private const string ParametersName = "params.json";
    private const string LogName = "log";
    public const string InputsName = "in";
    public const string OutputsName = "out";
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode ReadAndExecute = ReadOnly | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private static readonly string[] ContractNames = [InputsName, OutputsName, ParametersName, ScriptName];

    private WorkFolder(string root) => Root = root;

    public string Root { get; }

    /// <summary>Where the command starts; holds nothing but what the step declared and the contract's own names.</summary>
    public string Step => Path.Combine(Root, "step");

    public string Inputs => Path.Combine(Step, InputsName);

    public string Outputs => Path.Combine(Step, OutputsName);

    public string Home => Path.Combine(Root, "home");

    public string Temp => Path.Combine(Root, "tmp");

    public string LogPath => Path.Combine(Root, LogName);

    public static string PathOf(StateFolder state, RunId run) => Path.Combine(state.Work, run.ToString());

    /// <summary>Where a run that runs writes its log.</summary>
    public static string LogOf(StateFolder state, RunId run) => Path.Combine(PathOf(state, run), LogName);

    /// <param name="root">From <see cref="PathOf"/>.</param>
    public static WorkFolder Create(string root)
    {
        var folder = new WorkFolder(root);
        // What a killed engine left under this name must not be seen.
        FolderRemoval.Remove(folder.Root);
        foreach (var path in new[] { folder.Inputs, folder.Outputs, folder.Home, folder.Temp })
            Directory.CreateDirectory(path);
        return folder;
    }

    public async Task FillAsync(StepDefinition step, StepSources sources, IReadOnlyList<RunInput> inputs, IArtifactStore store, CancellationToken cancellationToken)
    {
        foreach (var path in step.Code.Distinct(StringComparer.Ordinal))
            await WriteCodeAsync(step, sources.Code[path], store, cancellationToken);
        foreach (var input in step.Inputs.Where(input => input.FanIn.Count > 0))
            Directory.CreateDirectory(Path.Combine(Inputs, input.Name));
        foreach (var input in inputs)
            await store.MaterializeAsync(input.Artifact, Path.Combine(Inputs, input.Name), cancellationToken);
        if (step.Sql is { } script)
            await File.WriteAllBytesAsync(Path.Combine(Step, ScriptName), sources.Scripts[script], cancellationToken);
        await File.WriteAllBytesAsync(Path.Combine(Step, ParametersName), Parameters(step), cancellationToken);
        foreach (var output in step.Metrics is { } metrics ? step.Outputs.Append(metrics) : step.Outputs)
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(Outputs, output.TrimEnd('/')))!);
    }

    /// <summary>
    /// Code is copied out of the store, with its digests checked, and is not for writing, as its modes say: who is confined cannot, and who is not harms a
    /// copy only. Folders are, since compilers write beside what they read.
    /// </summary>
    private async Task WriteCodeAsync(StepDefinition step, ArtifactRef tree, IArtifactStore store, CancellationToken cancellationToken)
    {
        foreach (var entry in await store.ReadTreeAsync(tree.Digest, cancellationToken))
        {
            var first = entry.Path.Split('/')[0];
            if (ContractNames.Contains(first) && (first != ScriptName || step.Sql is not null))
                throw FairleadException.Invalid($"Step '{step.Name}' declares the code '{entry.Path}', but '{first}' in its working folder belongs to the contract of steps; rename it.");
            var path = Path.Combine(Step, entry.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, await store.ReadAsync(entry.Digest, cancellationToken), cancellationToken);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(path, entry.Executable ? ReadAndExecute : ReadOnly);
        }
    }

    private static byte[] Parameters(StepDefinition step)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            foreach (var (name, value) in step.Parameters.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.WritePropertyName(name);
                value.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return stream.ToArray();
    }
}
