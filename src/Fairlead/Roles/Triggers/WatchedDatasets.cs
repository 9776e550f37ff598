using System.Globalization;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps;
using Fairlead.Steps.Datasets;

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
        try
        {
            return Look(known.Project, definition);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw FairleadException.Unavailable($"The dataset '{dataset}' cannot be looked at: {e.Message}", e);
        }
    }

    private string? Look(ProjectDefinition project, DatasetDefinition dataset)
    {
        if (dataset.Url is not null)
            return dataset.Digest.ToString();
        if (dataset.Sql is not null)
        {
            // What a query gives changes with its text, and with what it reads.
            var sources = dataset.From.Select(source => project.Datasets.Single(one => one.Name == source.Dataset)).Select(source => Look(project, source)).ToList();
            var script = Path.GetFullPath(dataset.HasScript ? dataset.Sql : StateFolder.ProjectFileName, workspace.Root);
            return sources.Contains(null) || !File.Exists(script) ? null : string.Join(' ', sources.Append(TextOf([new FileInfo(script)])));
        }

        if (FilePattern.Of(dataset.Path!, workspace.Root) is { } pattern)
        {
            var folder = Path.GetFullPath(pattern.Folder, workspace.Root);
            return pattern.Find(workspace.Root) is { Count: > 0 } found ? TextOf(found.Select(file => new FileInfo(Path.Combine(folder, file)))) : null;
        }

        var path = Path.GetFullPath(dataset.Path!, workspace.Root);
        return File.Exists(path) ? TextOf([new FileInfo(path)]) : Directory.Exists(path) ? TextOf(new DirectoryInfo(path).EnumerateFiles("*", Files)) : null;
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
