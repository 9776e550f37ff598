using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Workspace;

/// <summary>Reads what the project file declares of the work tree.</summary>
public sealed class ProjectCode(GitWorkspace workspace, IArtifactStore store) : IProjectCode
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly CodePaths paths = new(workspace.Root);

    public async Task<ArtifactRef> StoreAsync(IReadOnlyList<string> paths, string subject, CancellationToken cancellationToken)
    {
        var listing = new FileListing(await workspace.ListFilesAsync([.. paths.Where(this.paths.IsInProject).Select(this.paths.Normalize)], cancellationToken));
        var files = new SortedSet<string>(StringComparer.Ordinal);
        var problems = new List<string>();
        foreach (var path in paths)
        {
            var below = this.paths.Find(listing, path);
            if (this.paths.ProblemWith(path, subject, below) is { } problem)
                problems.Add(problem);
            files.UnionWith(below);
        }

        return problems.Count == 0
            ? await store.PutTreeAsync(workspace.Root, files, cancellationToken)
            : throw FairleadException.Invalid(string.Join('\n', problems));
    }

    public async Task<string> ReadTextAsync(string path, string subject, CancellationToken cancellationToken)
    {
        var full = Path.Combine(workspace.Root, path);
        if (!paths.IsInProject(path) || !File.Exists(full))
            throw FairleadException.Invalid($"{subject} names the file '{path}', which does not exist in the project; create it or correct the path.");
        try
        {
            return Strict.GetString(await File.ReadAllBytesAsync(full, cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            throw FairleadException.Invalid($"{subject} names the file '{path}', which is not UTF-8; save it as UTF-8.");
        }
    }
}
