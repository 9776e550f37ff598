using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Endpoints;

/// <summary>The files of a run's outputs, whether these are files or folders.</summary>
internal static class RunFiles
{
    /// <summary>A folder whose list is not in the store any more is one entry that is not there.</summary>
    public static async Task<IReadOnlyList<RunFile>> ListAsync(Run run, IArtifactStore store, CancellationToken cancellationToken)
    {
        var files = new List<RunFile>();
        foreach (var output in run.Outputs)
        {
            var artifact = output.Artifact;
            if (artifact.Kind == ArtifactKind.Blob || await TryReadAsync(artifact, store, cancellationToken) is not { } entries)
            {
                files.Add(new RunFile(output.Name, output.Name, artifact.Size, false, artifact.Digest.ToString(), artifact.Kind == ArtifactKind.Blob && store.Contains(artifact)));
                continue;
            }

            foreach (var entry in entries)
                files.Add(new RunFile(output.Name, $"{output.Name.TrimEnd('/')}/{entry.Path}", entry.Size, entry.Executable, entry.Digest.ToString(), store.Contains(new ArtifactRef(ArtifactKind.Blob, entry.Digest, entry.Size))));
        }

        return files;
    }

    private static async Task<IReadOnlyList<TreeEntry>?> TryReadAsync(ArtifactRef tree, IArtifactStore store, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ReadTreeAsync(tree.Digest, cancellationToken);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
        {
            return null;
        }
    }
}
