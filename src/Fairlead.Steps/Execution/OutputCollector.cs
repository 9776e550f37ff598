using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Execution;

/// <summary>Takes what a step left in <c>out/</c> into the store.</summary>
internal sealed class OutputCollector(IArtifactStore store)
{
    private const int ListedEntries = 20;
    private static readonly EnumerationOptions WithoutLinks = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };

    /// <exception cref="FairleadException">Failed when a declared output, or the metrics file, is not there or is neither a file nor a folder.</exception>
    public async Task<IReadOnlyList<RunOutput>> CollectAsync(StepDefinition step, WorkFolder folder, CancellationToken cancellationToken)
    {
        var expected = step.Metrics is { } metrics ? step.Outputs.Append(metrics) : step.Outputs;
        var problems = expected.Select(name => Problem(step, folder, name)).OfType<string>().ToArray();
        if (problems.Length > 0)
            throw FairleadException.Failed($"{string.Join(' ', problems)} {Listing(folder)}");
        var outputs = new List<RunOutput>(step.Outputs.Count);
        foreach (var name in step.Outputs)
            outputs.Add(new RunOutput(name, await store.PutAsync(PathOf(folder, name), cancellationToken)));
        return outputs;
    }

    public static string PathOf(WorkFolder folder, string name) => Path.Combine(folder.Outputs, name.TrimEnd('/'));

    private static string? Problem(StepDefinition step, WorkFolder folder, string name)
    {
        var path = PathOf(folder, name);
        if (new FileInfo(path).LinkTarget is not null)
            return $"Step '{step.Name}' left the output '{name}' as a symbolic link; write the file or folder itself.";
        return Path.Exists(path) ? null : $"Step '{step.Name}' left no output '{name}'; write it to out/{name} or correct `outputs`.";
    }

    private static string Listing(WorkFolder folder)
    {
        var entries = Directory.EnumerateFileSystemEntries(folder.Outputs, "*", WithoutLinks)
            .Select(path => Path.GetRelativePath(folder.Outputs, path) + (Directory.Exists(path) ? "/" : ""))
            .Order(StringComparer.Ordinal)
            .Take(ListedEntries + 1)
            .ToArray();
        return entries.Length switch
        {
            0 => "out/ is empty.",
            > ListedEntries => $"out/ holds: {string.Join(", ", entries[..ListedEntries])}, …",
            _ => $"out/ holds: {string.Join(", ", entries)}.",
        };
    }
}
