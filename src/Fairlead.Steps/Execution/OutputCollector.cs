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

    /// <exception cref="FairleadException">Failed when a declared output, or the metrics file, is not there or is something that cannot be kept.</exception>
    public async Task<IReadOnlyList<RunOutput>> CollectAsync(StepDefinition step, WorkFolder folder, CancellationToken cancellationToken)
    {
        var expected = step.Metrics is { } metrics ? step.Outputs.Append(metrics) : step.Outputs;
        var inspection = new OutputInspection(step.Name, folder.Outputs);
        var problems = expected.Select(inspection.FindProblem).OfType<string>().ToArray();
        if (problems.Length > 0)
            throw FairleadException.Failed($"{string.Join(' ', problems)} {Listing(folder)}");
        var outputs = new List<RunOutput>(step.Outputs.Count);
        foreach (var name in step.Outputs)
            outputs.Add(new RunOutput(name, await store.PutAsync(PathOf(folder, name), cancellationToken)));
        return outputs;
    }

    public static string PathOf(WorkFolder folder, string name) => Path.Combine(folder.Outputs, name.TrimEnd('/'));

    private static string Listing(WorkFolder folder)
    {
        var entries = Directory.EnumerateFileSystemEntries(folder.Outputs, "*", WithoutLinks)
            .Select(path => OutputInspection.InOneLine(Path.GetRelativePath(folder.Outputs, path)) + (Directory.Exists(path) ? "/" : ""))
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
