using Fairlead.Artifacts;
using Fairlead.Contracts.Payloads;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Inference;
using Fairlead.Platforms.Local.Instances;
using Fairlead.Predictions.Log;
using Fairlead.Serving;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts the data plane together and runs it until it is stopped.</summary>
internal static class HostRole
{
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(8);

    public static async Task RunAsync(StateFolder state, RoleOptions options, string? token, TimeProvider time, CancellationToken cancellationToken)
    {
        NativeHeap.ReturnLargeBlocks();
        ControlProcess.RequireSafeAddress(options);
        using var loggers = LoggerFactory.Create(logging => logging.Configure());
        using var store = LocalArtifactStore.Open(state.Store, time, loggers.CreateLogger<LocalArtifactStore>());
        using var runtime = new OnnxModelRuntime();
        await using var log = SegmentWriter.Open(new SegmentWriterOptions { Folder = LogFolders.Host(state) }, time, loggers.CreateLogger<SegmentWriter>());
        var hostOptions = new HostOptions
        {
            Address = options.ListenAddress,
            Port = options.DataPort,
            Token = token,
            ControlUrl = new Uri(options.ControlUrl),
            StateFolder = state,
        };
        var platform = new LocalInstancePlatform(state, store, time, loggers, SecretRoom.Open(state, time));
        await platform.EndLeftoversAsync(cancellationToken);
        await using var server = new HostServer(hostOptions, runtime, CaptureFor(log), store, time, loggers, platform, new PayloadReaders());
        await server.StartAsync(cancellationToken);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            using var drain = new CancellationTokenSource(DrainTime, time);
            await server.StopAsync(drain.Token);
        }
    }

    private static ICaptureLog CaptureFor(SegmentWriter log) =>
        Environment.GetEnvironmentVariable(UncapturedLog.Switch) == UncapturedLog.Off ? new UncapturedLog() : log;
}
