using Fairlead.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Inference;
using Fairlead.Predictions.Log;
using Fairlead.Serving;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Bench.Peer;

/// <summary>The data plane over the state that its disk keeps, with room for no more than the model that was asked for last: all others sleep.</summary>
internal static class SleepingHostPeer
{
    /// <param name="folder">Of the project.</param>
    public static async Task<int> RunAsync(string folder)
    {
        var state = new StateFolder(folder);
        var time = TimeProvider.System;
        using var store = LocalArtifactStore.Open(state.Store, time);
        using var runtime = new OnnxModelRuntime();
        await using var log = SegmentWriter.Open(new SegmentWriterOptions { Folder = state.CaptureLog }, time, NullLogger<SegmentWriter>.Instance);
        var options = new HostOptions { Port = 0, StateFolder = state, ModelMemoryBytes = 1 };
        await using var server = new HostServer(options, runtime, log, store, time, NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        PeerRole.SayListening(server.Report.Url);
        await Task.Delay(Timeout.InfiniteTimeSpan, time);
        return 0;
    }
}
