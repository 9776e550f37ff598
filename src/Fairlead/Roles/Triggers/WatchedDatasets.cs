using System.Globalization;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps;

namespace Fairlead.Roles.Triggers;

/// <summary>Data on the disk, for triggers: a look reads times and sizes, and only what changed is stored.</summary>
internal sealed class WatchedDatasets(IWorkspace workspace, StepEngine steps) : IWatchedDatasets
{
    private const string Registrar = "trigger";
    private static readonly EnumerationOptions Files = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
    private volatile ProjectSnapshot? known;

    public async Task<string?> LookAsync(string dataset, CancellationToken cancellationToken)
    {
        // Where data lies changes with the project file alone, which is read again when data is registered.
        var definition = Find(known ??= await workspace.ReadAsync(cancellationToken), dataset) ?? Find(known = await workspace.ReadAsync(cancellationToken), dataset)
            ?? throw FairleadException.NotFound($"There is no dataset '{dataset}' for the trigger to watch; {NearestName.Hint(dataset, [.. known.Project.Datasets.Select(one => one.Name)])}");
        var path = Path.GetFullPath(definition.Path, workspace.Root);
        try
        {
            return File.Exists(path) ? TextOf([new FileInfo(path)]) : Directory.Exists(path) ? TextOf(new DirectoryInfo(path).EnumerateFiles("*", Files)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FairleadException.Unavailable($"The dataset '{dataset}' cannot be looked at: {e.Message}", e);
        }
    }

    public async Task<DatasetVersion> RegisterAsync(string dataset, CancellationToken cancellationToken)
    {
        var snapshot = known = await workspace.ReadAsync(cancellationToken);
        return (await steps.RegisterDatasetsAsync(snapshot, [dataset], Registrar, cancellationToken))[0];
    }

    private static DatasetDefinition? Find(ProjectSnapshot snapshot, string dataset) => snapshot.Project.Datasets.FirstOrDefault(one => one.Name == dataset);

    private static string TextOf(IEnumerable<FileInfo> files)
    {
        var (count, bytes, newest, names) = (0L, 0L, DateTime.MinValue, 0L);
        foreach (var file in files)
        {
            count++;
            bytes += file.Length;
            newest = file.LastWriteTimeUtc > newest ? file.LastWriteTimeUtc : newest;
            // In no order, as folders give them in none.
            names += string.GetHashCode(file.FullName, StringComparison.Ordinal);
        }

        return string.Create(CultureInfo.InvariantCulture, $"{count} {bytes} {newest.Ticks} {names}");
    }
}
