using System.Text.Json;
using Fairlead.Artifacts.Blobs;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Artifacts.Keeping;

/// <summary>What the record of one run names.</summary>
internal static class RunReferences
{
    public static void Collect(Run run, Action<Reference> found)
    {
        var series = run.Id.Step;
        var known = new HashSet<BlobName>();
        foreach (var output in run.Outputs)
            Add("outputs", output.Artifact.Digest, $"output {output.Name} of {run.Id}", output.Artifact.Size);
        if (run.Log is { } log)
            Add("logs", log.Digest, $"log of {run.Id}");
        foreach (var input in run.Inputs)
            Add("inputs", input.Artifact.Digest, $"input {input.Name} of {run.Id}");
        // Whatever else the record holds, now or later: code, curves, profiles.
        ReferenceScan.Digests(JsonSerializer.Serialize(run, DomainJson.Default.Run), name =>
        {
            if (known.Add(name))
                found(new Reference("code", series, $"{run.Id}", name));
        });

        void Add(string kind, Digest digest, string owner, long size = 0)
        {
            if (digest.IsSet && known.Add(BlobName.Of(digest)))
                found(new Reference(kind, series, owner, BlobName.Of(digest), MustExist: true) { Size = size, Record = size > 0 ? run.Id.ToString() : null });
        }
    }
}
