using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Endpoints;

/// <summary>The files of a run's outputs, whether these are files or folders.</summary>
internal static class RunFiles
{
    /// <exception cref="FairleadException">NotFound: the list of a folder is not in the store any more.</exception>
    public static async Task<IReadOnlyList<RunFile>> ListAsync(Run run, IArtifactStore store, CancellationToken cancellationToken)
    {
        var files = new List<RunFile>();
        foreach (var output in run.Outputs)
        {
            var artifact = output.Artifact;
            if (artifact.Kind == ArtifactKind.Blob)
            {
                files.Add(new RunFile(output.Name, output.Name, artifact.Size, false, artifact.Digest.ToString(), store.Contains(artifact)));
                continue;
            }

            foreach (var entry in await store.ReadTreeAsync(artifact.Digest, cancellationToken))
                files.Add(new RunFile(output.Name, $"{output.Name.TrimEnd('/')}/{entry.Path}", entry.Size, entry.Executable, entry.Digest.ToString(), store.Contains(new ArtifactRef(ArtifactKind.Blob, entry.Digest, entry.Size))));
        }

        return files;
    }
}
