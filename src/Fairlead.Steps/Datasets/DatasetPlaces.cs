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
    /// <exception cref="FairleadException">NotFound when there is nothing at its path.</exception>
    public async Task<string> LocateAsync(DatasetDefinition dataset, CancellationToken cancellationToken)
    {
        var path = Path.GetFullPath(dataset.Path, code.Root);
        if (work is not null && !await IsOfCommitAsync(dataset.Path, path, work, cancellationToken))
            path = Path.GetFullPath(dataset.Path, work.Root);
        return Path.Exists(path)
            ? path
            : throw FairleadException.NotFound($"There is nothing at '{dataset.Path}', where the dataset '{dataset.Name}' should be; put the data there or correct `path`.");
    }

    private async Task<bool> IsOfCommitAsync(string declared, string path, GitWorkspace work, CancellationToken cancellationToken)
    {
        var paths = new CodePaths(code.Root);
        // A folder of which git tracks a part only is no folder of the commit: the rest of the data would be missing.
        return paths.IsInProject(declared) && Path.Exists(path) && !await work.HasIgnoredAsync(paths.Normalize(declared), cancellationToken);
    }
}
