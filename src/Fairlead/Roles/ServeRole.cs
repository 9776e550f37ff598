using Fairlead.Artifacts;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Inference;
using Fairlead.Platforms.Local;
using Fairlead.Predictions.Log;
using Fairlead.Serving;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts a data plane without a control plane together, over a folder of models, and runs it until it is stopped.</summary>
internal static class ServeRole
{
    private const string Environment = "default";
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(8);

    /// <param name="ready">Called once, when the models answer.</param>
    /// <exception cref="FairleadException">NotFound: no model can be served; Conflict: a port is in use.</exception>
    public static async Task RunAsync(ServeRoleOptions options, string? token, Action<ServeRoleFolder, ServeRoleRepository> ready, TimeProvider time, CancellationToken cancellationToken)
    {
        NativeHeap.ReturnLargeBlocks();
        var addresses = new RoleOptions { ControlPort = options.RpcPort, DataPort = options.RestPort, ListenAddress = options.Address };
        ControlProcess.RequireSafeAddress(addresses);
        PortProbe.EnsureFree(addresses.IpAddress, options.RestPort, "--port");
        PortProbe.EnsureFree(addresses.IpAddress, options.RpcPort, "--grpc-port");
        using var loggers = LoggerFactory.Create(logging => logging.Configure().SetMinimumLevel(LogLevel.Warning));
        using var state = new ServeRoleState(options.StateFolder);
        using var store = LocalArtifactStore.Open(state.Folder.Store, time, loggers.CreateLogger<LocalArtifactStore>());
        using var runtime = new OnnxModelRuntime();
        await using var segments = options.IsCapturing ? SegmentWriter.Open(new SegmentWriterOptions { Folder = LogFolders.Host(state.Folder) }, time, loggers.CreateLogger<SegmentWriter>()) : null;
        var host = new HostOptions { Address = options.Address, Port = options.RestPort, ExtraPorts = [options.RpcPort], Token = token, StateFolder = state.Folder };
        await using var server = new HostServer(host, runtime, (ICaptureLog?)segments ?? new UncapturedLog(), store, time, loggers);
        var folder = new ServeRoleFolder(options.ModelFolder, store, runtime, time);
        using var repository = new ServeRoleRepository(folder, new EnvironmentDefinition(Environment), server.ApplyAsync);
        server.Repository = repository;
        await repository.LoadAllAsync(cancellationToken);
        if (repository.Models.Count == 0)
            throw FairleadException.NotFound($"There is no model in '{options.ModelFolder}'; put one into '{Path.Combine(options.ModelFolder, "NAME", "1", "model.onnx")}'.");
        await server.StartAsync(cancellationToken);
        ready(folder, repository);
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
}
