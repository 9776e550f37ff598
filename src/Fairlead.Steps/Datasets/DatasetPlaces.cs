using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Datasets;

/// <summary>
/// Where the data that the project names lies. Of a project at a commit, data that git tracks is that of the commit; data that git ignores is in no commit,
/// and is taken where the project works.
/// </summary>
/// <param name="code">The project's folder.</param>
/// <param name="work">Where the project works, for a checkout of it; otherwise null.</param>
internal sealed class DatasetPlaces(GitWorkspace code, GitWorkspace? work)
{
    /// <summary>Puts what lies at a dataset's path into the store.</summary>
    /// <exception cref="FairleadException">NotFound when there is nothing; Conflict when it changes meanwhile.</exception>
    public async Task<ArtifactRef> PutAsync(DatasetDefinition dataset, IArtifactStore store, CancellationToken cancellationToken)
    {
        var declared = dataset.Path ?? throw new InvalidOperationException($"The dataset '{dataset.Name}' has no path.");
        return FilePattern.Of(declared, code.Root) is { } pattern
            ? await PutFoundAsync(dataset, pattern, store, cancellationToken)
            : await store.PutAsync(await LocateAsync(dataset, declared, cancellationToken), cancellationToken);
    }

    /// <summary>The text of a dataset's query.</summary>
    /// <exception cref="FairleadException">NotFound when its file is missing.</exception>
    public async Task<string> ReadQueryAsync(DatasetDefinition dataset, CancellationToken cancellationToken)
    {
        var sql = dataset.Sql ?? throw new InvalidOperationException($"The dataset '{dataset.Name}' has no query.");
        if (!dataset.HasScript)
            return sql;
        var path = Path.Combine(code.Root, sql);
        return new CodePaths(code.Root).IsInProject(sql) && File.Exists(path)
            ? await File.ReadAllTextAsync(path, cancellationToken)
            : throw FairleadException.NotFound($"The dataset '{dataset.Name}' has the query '{sql}', which does not exist in the project; create it or correct `sql`.");
    }

    private async Task<ArtifactRef> PutFoundAsync(DatasetDefinition dataset, FilePattern pattern, IArtifactStore store, CancellationToken cancellationToken)
    {
        var (root, files) = (code.Root, pattern.Find(code.Root));
        if (work is not null && (files.Count == 0 || await work.HasIgnoredAsync(new CodePaths(code.Root).Normalize(pattern.Folder), cancellationToken)))
            (root, files) = (work.Root, pattern.Find(work.Root));
        return files.Count > 0
            ? await store.PutTreeAsync(Path.GetFullPath(pattern.Folder, root), files, cancellationToken)
            : throw FairleadException.NotFound($"No file matches '{dataset.Path}', where the dataset '{dataset.Name}' should be; put the data there or correct `path`.");
    }

    private async Task<string> LocateAsync(DatasetDefinition dataset, string declared, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(declared, code.Root);
        if (work is not null && !await IsOfCommitAsync(declared, path, work, cancellationToken))
            path = Path.GetFullPath(declared, work.Root);
        return Path.Exists(path)
            ? path
            : throw FairleadException.NotFound($"There is nothing at '{declared}', where the dataset '{dataset.Name}' should be; put the data there or correct `path`.");
    }

    private async Task<bool> IsOfCommitAsync(string declared, string path, GitWorkspace work, CancellationToken cancellationToken)
    {
        var paths = new CodePaths(code.Root);
        // A folder of which git tracks a part only is no folder of the commit: the rest of the data would be missing.
        return paths.IsInProject(declared) && Path.Exists(path) && !await work.HasIgnoredAsync(paths.Normalize(declared), cancellationToken);
    }
}
