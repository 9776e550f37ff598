using Fairlead.Artifacts;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Platforms.Local.Instances;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Tests.Forwarding;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Serving.Tests.Instances;

/// <summary>A pool of real instances.</summary>
internal sealed class InstanceWorld : IAsyncDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("fairlead-instances-").FullName;
    private readonly LocalArtifactStore store;

    public InstanceWorld(InstancePolicy? policy = null)
    {
        var state = new StateFolder(root);
        store = LocalArtifactStore.Open(state.Store, TimeProvider.System);
        Pool = new InstancePool(
            new LocalInstancePlatform(state, store, TimeProvider.System, NullLoggerFactory.Instance),
            policy ?? InstancePolicy.Default with { FirstPause = TimeSpan.FromMilliseconds(10), ProbePause = TimeSpan.FromMilliseconds(10) },
            TimeProvider.System,
            NullLogger.Instance);
    }

    public InstancePool Pool { get; }

    public async Task<InstanceSet> AcquireAsync(string command, CommandSettings? settings = null, HealthCheck? health = null, ServiceProtocol protocol = ServiceProtocol.Http)
    {
        var source = Path.Combine(root, "source");
        Directory.CreateDirectory(source);
        foreach (var (name, content) in Programs.Files)
            await File.WriteAllTextAsync(Path.Combine(source, name), content);
        return await Pool.AcquireAsync(
            new DesiredServerGroup
            {
                Name = new ServerGroupName("echo", "prod", 1),
                Release = new ReleaseName(1),
                Configuration = Digest.Of("{}"u8),
                Weight = new Weight(Weight.Whole),
                Service = new ReleasedService
                {
                    Name = "echo",
                    Command = new ReleasedCommand
                    {
                        Command = command,
                        Code = await store.PutAsync(source, TestContext.Current.CancellationToken),
                        Protocol = protocol,
                        Health = health ?? new HealthCheck { Interval = TimeSpan.FromMilliseconds(30) },
                        Settings = settings ?? new CommandSettings(),
                    },
                },
            },
            TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a report says so.</summary>
    public async Task<InstanceReport> WaitAsync(Func<InstanceReport, bool> condition)
    {
        while (true)
        {
            if (Pool.Report().FirstOrDefault(condition) is { } report)
                return report;
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Pool.DisposeAsync();
        store.Dispose();
        Directory.Delete(root, recursive: true);
    }
}
