using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Replay.Tests.Rebuilding;

/// <summary>Makes one artifact of every run.</summary>
/// <param name="made">Null: the run fails.</param>
internal sealed class FixedRebuilder(ArtifactRef? made) : IRunRebuilder
{
    public Task<IReadOnlyList<RebuiltRun>> RebuildAsync(RunId id, Action<string> progress, CancellationToken cancellationToken)
    {
        progress($"{id}: executing");
        return Task.FromResult<IReadOnlyList<RebuiltRun>>(
        [
            new RebuiltRun
            {
                Run = id,
                Commit = "c0ffee",
                Outcome = made is null ? RebuildOutcome.Failed : RebuildOutcome.Different,
                Reason = made is null ? "It succeeded then and fails now: exit 3" : "The file 'model.onnx' differs from byte 7 on.",
                Outputs = made is null ? [] : [new RunOutput("model.onnx", made)],
            },
        ]);
    }
}
